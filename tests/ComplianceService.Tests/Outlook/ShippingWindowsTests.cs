using CsCheck;
using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Outlook.Windows;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Tests.Screening;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Outlook;

/// <summary>The windows as a pure function, with the pack that ships.</summary>
public sealed class ShippingWindowsTests
{
    private static readonly KnowledgeHead Head = new(Guid.Empty, 1, DateTimeOffset.MinValue, Pack.Rules, Pack.Catalogue);

    [Fact]
    public void A_window_says_of_each_of_its_days_what_the_engine_says() =>
        Gen.Select(RandomFacts.Shipments, RandomFacts.Instants, RandomFacts.Days.Array[10]).Sample((facts, knownAt, days) =>
        {
            var windows = ShippingWindows.Of(Head, facts, knownAt);
            foreach (var day in days)
                Assert.Equal(
                    DecisionSignature.Of(Head.Decide(facts, day, knownAt)), DecisionSignature.Of(windows.At(day).Decision));
        });

    [Fact]
    public void At_every_boundary_and_the_days_around_it_a_window_says_what_the_engine_says() =>
        Gen.Select(RandomFacts.Shipments, RandomFacts.Instants).Sample((facts, knownAt) =>
        {
            var windows = ShippingWindows.Of(Head, facts, knownAt);
            foreach (var day in Head.BoundariesFor(facts, knownAt).SelectMany(day => (DateOnly[])[day.AddDays(-1), day, day.AddDays(1)]))
                Assert.Equal(
                    DecisionSignature.Of(Head.Decide(facts, day, knownAt)), DecisionSignature.Of(windows.At(day).Decision));
        });

    [Fact]
    public void Every_date_lies_in_exactly_one_window_and_neighbours_differ() =>
        Gen.Select(RandomFacts.Shipments, RandomFacts.Instants).Sample((facts, knownAt) =>
        {
            var all = ShippingWindows.Of(Head, facts, knownAt).All;
            Assert.Null(all[0].First);
            Assert.Null(all[^1].Last);
            foreach (var (before, after) in all.Zip(all.Skip(1)))
            {
                Assert.Equal(before.Last!.Value.AddDays(1), after.First);
                Assert.NotEqual(DecisionSignature.Of(before.Decision), DecisionSignature.Of(after.Decision));
            }
        });

    [Fact]
    public void H20_to_China_was_lawful_up_to_the_day_before_the_letter()
    {
        var windows = ShippingWindows.Of(Head, Pack.Shipment(new Item("H20"), "CN", "2025-04-01"), Pack.EndOf("2025-04-12"));

        var here = windows.At(Pack.Day("2025-04-01"));
        Assert.Equal((Outcome.Cleared, (DateOnly?)Pack.Day("2025-04-08")), (here.Outcome, here.Last));
        Assert.Equal((DateOnly?)Pack.Day("2025-04-09"), windows.After(Pack.Day("2025-04-01"))!.First);
    }
}
