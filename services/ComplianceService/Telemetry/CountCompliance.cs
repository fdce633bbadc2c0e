using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Telemetry;

namespace OrderTracking.ComplianceService.Telemetry;

/// <summary>What compliance has counted in its database now and then: open holds, balances of licences, the age of the rules.</summary>
internal static class CountCompliance
{
    // Each line is a series: of more licences the last registered are shown.
    private const int LinesMax = 500;

    private const string SelectHolds = """
        select reason as Reason, hold_class as HoldClass, count(*) as Holds,
            sum(case when created_at > @dayAgo then 1 else 0 end) as UnderADay,
            sum(case when created_at <= @weekAgo then 1 else 0 end) as OverAWeek
        from holds where state in ('OPEN', 'RELEASE_PROPOSED')
        group by reason, hold_class
        """;

    private const string SelectOldestHold = """
        select min(created_at) as FirstInstant from holds where state in ('OPEN', 'RELEASE_PROPOSED')
        """;

    private const string SelectLines = """
        select l.id as LicenceId, x.number as Line, x.quantity as Quantity, x.reserved_quantity + x.drawn_quantity as Used,
            x.value_limit_minor as ValueLimit, x.used_value_minor as UsedValue
        from licences l join licence_lines x on x.licence_id = l.id
        where l.state = 'ACTIVE' and l.valid_to >= @today
        order by l.seq desc, x.number
        """;

    private const string SelectRulesChanged = """
        select (select max(updated_at) from rules) as FirstInstant, (select max(recorded_at) from recorded_changes) as SecondInstant
        """;

    private static readonly DatabaseGauge OpenHolds = new(
        "ordertracking.holds.open", "{hold}", "Holds nobody has settled, by reason, class and age.");

    private static readonly DatabaseGauge OldestHold = new(
        "ordertracking.holds.oldest_age", "s", "How long ago the oldest hold was opened that nobody has settled; 0 where there is none.");

    private static readonly DatabaseGauge Remaining = new(
        "ordertracking.licence.remaining", "{unit}", "Units an active licence's line still lets go.");

    private static readonly DatabaseGauge RemainingRatio = new(
        "ordertracking.licence.remaining_ratio", "1", "The share of its quantity or of its value an active licence's line has left.");

    private static readonly DatabaseGauge RulesAge = new(
        "ordertracking.rules.age", "s", "How long ago rules or catalogue were last changed.");

    public static DatabaseCount Of(string database) =>
        new(database, [OpenHolds, OldestHold, Remaining, RemainingRatio, RulesAge], Take);

    private static async Task<IReadOnlyList<Counted>> Take(Tx tx, DateTimeOffset now) =>
    [
        .. Holds(await tx.Query<HoldCount>(SelectHolds, new { dayAgo = now.AddDays(-1), weekAgo = now.AddDays(-7) })),
        new(OldestHold.Name, Age((await tx.QueryFirstOrDefault<Instants>(SelectOldestHold))!, now)),
        .. Lines(await tx.Query<LineCount>(
            $"{SelectLines} {tx.Dialect.Page()}", new { today = DateOnly.FromDateTime(now.UtcDateTime), take = LinesMax })),
        new(RulesAge.Name, Age((await tx.QueryFirstOrDefault<Instants>(SelectRulesChanged))!, now)),
    ];

    private static double Age(Instants instants, DateTimeOffset now)
    {
        DateTimeOffset?[] known = [instants.FirstInstant, instants.SecondInstant];
        return known.Max() is { } newest ? Math.Max(0, (now - newest).TotalSeconds) : 0;
    }

    // Matches of one class are one series, whichever entry was matched.
    private static IEnumerable<Counted> Holds(IEnumerable<HoldCount> rows) =>
        from row in rows
        group row by (Reason: ComplianceMetrics.RuleOf(row.Reason), row.HoldClass) into alike
        let young = alike.Sum(row => row.UnderADay)
        let old = alike.Sum(row => row.OverAWeek)
        from aged in new[] { ("under_a_day", young), ("under_a_week", alike.Sum(row => row.Holds) - young - old), ("over_a_week", old) }
        select new Counted(
            OpenHolds.Name, aged.Item2, Label("reason", alike.Key.Reason), Label("hold_class", alike.Key.HoldClass), Label("age", aged.Item1));

    private static IEnumerable<Counted> Lines(IEnumerable<LineCount> rows)
    {
        foreach (var row in rows)
        {
            var (licence, line) = (Label("licence", Names.Licence(row.LicenceId)), Label("line", row.Line));
            if (row.Quantity is { } quantity)
            {
                yield return new Counted(Remaining.Name, quantity - row.Used, licence, line);
                yield return new Counted(RemainingRatio.Name, (quantity - row.Used) / (double)quantity, licence, line, Label("of", "quantity"));
            }

            if (row.ValueLimit is { } limit and > 0)
                yield return new Counted(RemainingRatio.Name, (limit - row.UsedValue) / (double)limit, licence, line, Label("of", "value"));
        }
    }

    private static KeyValuePair<string, object?> Label(string name, object value) => new(name, value);

    private sealed class HoldCount
    {
        public string Reason { get; init; } = "";

        public string HoldClass { get; init; } = "";

        public long Holds { get; init; }

        public long UnderADay { get; init; }

        public long OverAWeek { get; init; }
    }

    private sealed class LineCount
    {
        public Guid LicenceId { get; init; }

        public long Line { get; init; }

        public long? Quantity { get; init; }

        public long Used { get; init; }

        public long? ValueLimit { get; init; }

        public long UsedValue { get; init; }
    }

    private sealed class Instants
    {
        public DateTimeOffset? FirstInstant { get; init; }

        public DateTimeOffset? SecondInstant { get; init; }
    }
}
