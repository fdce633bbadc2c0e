using CsCheck;
using Google.Protobuf.WellKnownTypes;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Screening;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Registers;

/// <summary>
/// A rule with crossing windows and corrections, published over gRPC on a clock that moves, and asked at many pairs of ship date and
/// knowledge date. What must come out is said by an oracle that shares nothing with the engine.
/// </summary>
public sealed class TwoAxesPropertyTests(RegistersHost host) : IClassFixture<RegistersHost>
{
    private const int DaysMax = 40;
    private static readonly DateOnly FirstDay = Pack.Day("2028-01-01");
    private static readonly string[] Contents = [
        "PROHIBITED", "PRESUMPTION_OF_DENIAL", "CASE_BY_CASE", "UNSTATED", "SUSPENDED", "NOT_ENFORCED", "REPEALED"];
    private static int rules;

    private sealed record Step(int? From, int? Length, string Content, int HoursAfter);

    private sealed record Recorded(DateTimeOffset At, DateOnly? From, DateOnly? To, string Content);

    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.Int[-1, DaysMax - 1], Gen.Int[0, 15], Gen.OneOfConst(Contents), Gen.Int[0, 50],
        (from, length, content, hours) => new Step(from < 0 ? null : from, length == 0 ? null : length, content, hours));

    [Fact]
    public async Task The_amendment_recorded_last_of_those_known_whose_window_holds_the_ship_date_governs() =>
        await Steps.Array[1, 7].SampleAsync(
            async steps =>
            {
                var number = Interlocked.Increment(ref rules);
                var (rule, exporter) = ($"T-AXES-{number}", $"AXES-{number}");
                var stack = await Publish(rule, exporter, steps);
                var pairs = Instants(stack).SelectMany(knownAt => Days(stack).Select(day => (Day: day, KnownAt: knownAt))).ToList();
                foreach (var part in pairs.Chunk(500))
                {
                    var answers = await Ask(part, exporter);
                    for (var index = 0; index < part.Length; index++)
                        Assert.Equal(Expected(stack, part[index].Day, part[index].KnownAt), Actual(answers[index], rule));
                }
            },
            iter: 25, threads: 1);

    private async Task<List<Recorded>> Publish(string rule, string exporter, Step[] steps)
    {
        var stack = new List<Recorded>();
        Step? last = null;
        foreach (var step in steps)
        {
            host.Now += TimeSpan.FromHours(step.HoursAfter);
            if (last is not null && step with { HoursAfter = 0 } == last with { HoursAfter = 0 })
                continue;
            last = step;
            var from = step.From is { } first ? FirstDay.AddDays(first) : (DateOnly?)null;
            var to = step.Length is { } length ? (from ?? FirstDay).AddDays(length) : (DateOnly?)null;
            var window = (from, to) switch
            {
                (null, null) => "always",
                ({ } start, null) => $"{{ from: {start:yyyy-MM-dd} }}",
                (null, { } end) => $"{{ to: {end:yyyy-MM-dd} }}",
                ({ } start, { } end) => $"{{ from: {start:yyyy-MM-dd}, to: {end:yyyy-MM-dd} }}",
            };
            var published = await host.Publish(rule, Definition(step.Content, window, exporter), Tests(step.Content, from, to, exporter));
            stack.Add(new Recorded(published.RecordTime.ToDateTimeOffset(), from, to, step.Content));
        }

        return stack;
    }

    private static bool IsOff(string content) => content is "SUSPENDED" or "NOT_ENFORCED" or "REPEALED";

    // Every rule of these tests binds an exporter of its own, so that no other one has a say in its cases.
    private static string Definition(string content, string window, string exporter) => IsOff(content)
        ? Pack.NotInForce(content, window)
        : Pack.InForce(window, "UY", content).Replace("destination: UY", $"exporter: {exporter}", StringComparison.Ordinal);

    private static IReadOnlyList<AmendmentTest> Tests(string content, DateOnly? from, DateOnly? to, string exporter)
    {
        var facts = TestCases.Facts("UY", from ?? to?.AddDays(-1) ?? FirstDay, exporter);
        return IsOff(content) ? [TestCases.Silent(facts)] : TestCases.Both(facts, content);
    }

    private static string Expected(List<Recorded> stack, DateOnly day, DateTimeOffset knownAt)
    {
        var governing = stack.Where(one => one.At <= knownAt && (one.From ?? DateOnly.MinValue) <= day && day < (one.To ?? DateOnly.MaxValue)).MaxBy(one => one.At);
        return governing?.Content switch
        {
            null or "SUSPENDED" or "NOT_ENFORCED" or "REPEALED" => "",
            "PROHIBITED" => "Prohibited",
            var policy => policy.Replace("_", "", StringComparison.Ordinal),
        };
    }

    private static string Actual(Decision decision, string rule) =>
        decision.Findings.SingleOrDefault(finding => finding.Rule == rule) switch
    {
        null => "",
        { Effect: Effect.Prohibited } => "Prohibited",
        var finding => finding.ReviewPolicy.ToString().ToUpperInvariant(),
    };

    private static IEnumerable<DateOnly> Days(List<Recorded> stack) =>
        stack.SelectMany(one => (DateOnly?[])[one.From, one.To]).OfType<DateOnly>().SelectMany(
            day => (DateOnly[])[day.AddDays(-1), day, day.AddDays(1)])
            .Append(FirstDay.AddDays(DaysMax / 2)).Distinct();

    private static IEnumerable<DateTimeOffset> Instants(List<Recorded> stack) =>
        stack.SelectMany(one => (DateTimeOffset[])[one.At.AddTicks(-1), one.At, one.At.AddTicks(1)]).Append(stack[0].At.AddYears(-1));

    private async Task<IReadOnlyList<Decision>> Ask((DateOnly Day, DateTimeOffset KnownAt)[] pairs, string exporter)
    {
        using var call = host.Checks().BatchCheckShipments();
        var message = new BatchCheckShipmentsRequest();
        foreach (var (day, knownAt) in pairs)
        {
            var question = Asked.Check("L2", "UY", "2028-01-01", knownAt);
            question.Facts.ShipDate = Asked.Day(day);
            question.Facts.Exporter = exporter;
            question.KnownAt = Timestamp.FromDateTimeOffset(knownAt);
            message.Checks.Add(question);
        }

        await call.RequestStream.WriteAsync(message);
        await call.RequestStream.CompleteAsync();
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        return [.. call.ResponseStream.Current.Answers.Select(answer => answer.Decision)];
    }
}
