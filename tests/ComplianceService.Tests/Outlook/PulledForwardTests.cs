using CsCheck;
using OrderTracking.ComplianceService.Outlook.PullForwards;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Tests.Screening;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Outlook;

/// <summary>What counts as pulled forward, as a pure function of the moves of a plan.</summary>
public sealed class PulledForwardTests
{
    private static readonly DateOnly Start = Pack.Day("2025-04-01");

    private static readonly Gen<PlanMove[]> Moves = Gen.Select(Gen.Int[0, 8], Gen.Int[-4, 4]).Array[0, 8].Select(
        moves => moves.Select((move, index) => new PlanMove(Id(index), Start.AddDays(move.Item1), move.Item2)).ToArray());

    [Fact]
    public void As_many_units_are_found_as_can_be_matched_at_all() =>
        Moves.Sample(moves => Assert.Equal(Matched(moves), PulledForward.Of(moves).Sum(units => units.Units)), iter: 2_000);

    [Fact]
    public void Every_unit_found_stands_on_an_earlier_day_than_before() =>
        Moves.Sample(moves => Assert.All(PulledForward.Of(moves), units => Assert.True(units.NewDate < units.FormerDate && units.Units > 0)));

    [Fact]
    public void Spreading_units_over_many_shipments_hides_none() =>
        Moves.Sample(moves =>
        {
            var spread = moves.SelectMany((move, index) => Enumerable.Range(0, Math.Abs((int)move.Units)).Select(
                unit => new PlanMove(Id((index * 100) + unit), move.ShipDate, Math.Sign(move.Units))));
            Assert.Equal(PulledForward.Of(moves).Sum(units => units.Units), PulledForward.Of(spread).Sum(units => units.Units));
        });

    [Fact]
    public void Units_that_later_days_lost_and_no_earlier_day_gained_are_not_pulled_forward() =>
        Assert.Empty(PulledForward.Of([new(Id(1), Start, -500), new(Id(2), Start.AddDays(9), 500)]));

    [Theory]
    [InlineData(500, 0, 0, 500)]
    [InlineData(500, -500, 500, 0)]
    [InlineData(500, -400, 400, 100)]
    [InlineData(0, 300, 0, 300)]
    [InlineData(500, 300, 0, 800)]
    public void The_first_plan_is_a_gain_as_long_as_it_stands(long original, long moved, long lost, long gained)
    {
        var moves = new PlanDay(Id(1), Start, original, moved).Moves().ToList();

        Assert.Equal((lost, gained), (-moves.Sum(move => Math.Min(0, move.Units)), moves.Sum(move => Math.Max(0, move.Units))));
    }

    [Theory]
    [InlineData("Aurora Systems, Ltd.", " AURORA   systems ltd")]
    [InlineData("Aurora-Systems Ltd", "Aurora Systems Ltd")]
    [InlineData("Société Générale", "SOCIETE GENERALE")]
    [InlineData("ＡＵＲＯＲＡ", "aurora")]
    public void One_company_spelt_in_two_ways_is_one_consignee(string one, string other) =>
        Assert.Equal(Consignee.KeyOf(one, "DE"), Consignee.KeyOf(other, "DE"));

    [Fact]
    public void A_name_in_another_country_is_another_consignee() =>
        Assert.NotEqual(Consignee.KeyOf("Aurora", "DE"), Consignee.KeyOf("Aurora", "FR"));

    [Fact]
    public void Every_ultimate_consignee_counts_and_end_users_only_where_none_is_named()
    {
        var facts = Pack.Shipment(new Item("L4"), "DE", "2025-04-01");
        var endUser = facts.Parties[0];
        var consignees = new[] { "One", "Two" }.Select(name => endUser with { Role = PartyRole.UltimateConsignee, Name = name });

        Assert.Equal(["Aurora Systems"], Consignee.Of(facts).Select(consignee => consignee.Name));
        Assert.Equal(["One", "Two"], Consignee.Of(facts with { Parties = [endUser, .. consignees] }).Select(consignee => consignee.Name));
    }

    [Theory]
    [InlineData(0, null, 0, 1_000)]
    [InlineData(12_000, 360, 1_000, 1_000)]
    [InlineData(120_000, 360, 10_000, 2_500)]
    [InlineData(10_000, 10, 10_000, 2_500)]
    public void The_limit_is_a_share_of_what_is_usual_and_not_below_the_least(long units, int? daysBack, long usual, long limit)
    {
        var first = daysBack is { } days ? Start.AddDays(-days) : (DateOnly?)null;
        var measure = new PullForwardMeasure(limit, PullForwardMeasure.UsualOf(units, first, Start, 30), new PullForwardOptions());

        Assert.Equal((usual, limit), (measure.Usual, measure.Limit));
        Assert.False(measure.IsUnusual);
        Assert.True((measure with { Pulled = limit + 1 }).IsUnusual);
    }

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    /// <summary>The most units that can be matched, by augmenting paths: shares nothing with the function.</summary>
    private static int Matched(PlanMove[] moves)
    {
        var gains = Units(moves.Where(move => move.Units > 0));
        var losses = Units(moves.Where(move => move.Units < 0));
        var takenBy = Enumerable.Repeat(-1, losses.Count).ToArray();
        bool Place(int gain, bool[] seen)
        {
            for (var loss = 0; loss < losses.Count; loss++)
            {
                if (seen[loss] || losses[loss] <= gains[gain])
                    continue;
                seen[loss] = true;
                if (takenBy[loss] >= 0 && !Place(takenBy[loss], seen))
                    continue;
                takenBy[loss] = gain;
                return true;
            }

            return false;
        }

        return Enumerable.Range(0, gains.Count).Count(gain => Place(gain, new bool[losses.Count]));
    }

    private static List<DateOnly> Units(IEnumerable<PlanMove> moves) =>
        [.. moves.SelectMany(move => Enumerable.Repeat(move.ShipDate, (int)Math.Abs(move.Units)))];
}
