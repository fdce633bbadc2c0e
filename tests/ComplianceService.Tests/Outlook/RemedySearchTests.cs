using CsCheck;
using OrderTracking.ComplianceService.Outlook.Remedies;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.ComplianceService.Tests.Screening;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Outlook;

/// <summary>
/// Remedies as a pure function, with the pack that ships and no licences: each one applied by hand is lawful by the engine, no part of it
/// is, and where none is found a search that knows nothing of boundaries finds none either.
/// </summary>
public sealed class RemedySearchTests
{
    private const int YearsAhead = 3;
    private static readonly KnowledgeHead Head = new(Guid.Empty, 1, DateTimeOffset.MinValue, Pack.Rules, Pack.Catalogue);

    [Fact]
    public void Every_remedy_makes_the_goods_lawful_and_no_part_of_it_does() =>
        Gen.Select(RandomFacts.Shipments, RandomFacts.Instants).Sample((facts, knownAt) =>
        {
            var space = Space(facts, knownAt);
            var answer = RemedySearch.Of(space);
            Assert.Equal(Head.Decide(facts, space.Day, knownAt).Outcome == Outcome.Cleared, answer.IsLawful);
            foreach (var remedy in answer.Remedies)
            {
                Assert.True(IsLawful(space, remedy.Changes), Words(remedy));
                foreach (var left in remedy.Changes)
                    Assert.False(IsLawful(space, [.. remedy.Changes.Where(change => change != left)]), Words(remedy));
            }
        }, iter: 300);

    [Fact]
    public void The_dates_given_are_the_nearest() =>
        Gen.Select(RandomFacts.Shipments, RandomFacts.Instants).Sample((facts, knownAt) =>
        {
            var space = Space(facts, knownAt);
            foreach (var date in RemedySearch.Of(space).Remedies.Select(remedy => remedy.Changes).Where(changes => changes.Count == 1)
                .Select(changes => changes[0]).OfType<RemedyChange.Date>())
                for (var step = Math.Sign(date.Day.DayNumber - space.Day.DayNumber); date.Day.AddDays(-step) != space.Day; )
                {
                    Assert.NotEqual(Outcome.Cleared, Head.Decide(facts, date.Day.AddDays(-step), knownAt).Outcome);
                    step += Math.Sign(step);
                }
        }, iter: 100);

    [Fact]
    public void Where_none_is_found_a_search_over_every_day_part_and_destination_finds_none() =>
        Gen.Select(RandomFacts.Shipments, RandomFacts.Instants).Sample((facts, knownAt) =>
        {
            var space = Space(facts, knownAt);
            var answer = RemedySearch.Of(space);
            if (answer.IsLawful || answer.Remedies.Count > 0)
                return;
            Assert.NotEmpty(answer.Attempts);
            foreach (var changed in Searched(space))
                for (var day = space.Today; day < space.Day.AddYears(YearsAhead); day = day.AddDays(7))
                    Assert.False(IsLawful(space, [.. changed, new RemedyChange.Date(day)]), $"{string.Join(", ", changed)} {day:O}");
        }, iter: 60);

    [Fact]
    public void A_prohibition_of_place_that_no_party_leads_out_of_has_no_remedy()
    {
        var answer = RemedySearch.Of(Space(Pack.Shipment(new Item("L4"), "IR", "2025-10-01"), Pack.EndOf("2025-10-01")));

        Assert.Empty(answer.Remedies);
        Assert.Contains(answer.Attempts, attempt => attempt.Kind == RemedyKind.Date && attempt.Rules.Contains("US-EMBARGO: PROHIBITED"));
    }

    [Fact]
    public void A_rule_that_begins_is_escaped_by_an_earlier_day_or_another_part()
    {
        var facts = Pack.Shipment(new Item("H20"), "CN", "2025-05-01");
        var space = Space(facts, Pack.EndOf("2025-04-12")) with { Today = Pack.Day("2025-04-01") };

        var remedies = RemedySearch.Of(space).Remedies;

        Assert.Contains(remedies, remedy => remedy.Changes is [RemedyChange.Date date] && date.Day == Pack.Day("2025-04-08"));
        var parts = remedies.Select(remedy => remedy.Changes).Where(changes => changes is [RemedyChange.Part])
            .Select(changes => (RemedyChange.Part)changes[0]).ToList();
        Assert.NotEmpty(parts);
        Assert.Equal(parts.Select(part => part.Distance).Order(), parts.Select(part => part.Distance));
        Assert.All(remedies, remedy => Assert.Single(remedy.Changes));
    }

    [Fact]
    public void Facts_that_are_missing_are_named_with_values_that_clear()
    {
        var facts = Pack.Shipment(new Item("NOT-KNOWN"), "CN", "2025-10-01");
        var space = Space(facts, Pack.EndOf("2025-10-01"));

        var supplied = RemedySearch.Of(space).Remedies.SelectMany(remedy => remedy.Changes).OfType<RemedyChange.Facts>().Single();

        Assert.Contains("tpp", supplied.Names);
        Assert.Equal(Outcome.Cleared, Head.Decide(supplied.Example, space.Day, space.KnownAt).Outcome);
    }

    [Fact]
    public void Two_changes_are_offered_only_where_no_single_one_is_enough()
    {
        // Nothing but a licence helps H20 to China in October 2025, except what is not H20, and there the parent is not stated.
        var facts = Pack.Shipment(new Item("H20"), "CN", "2025-10-01");
        facts = facts with { Parties = [facts.Parties[0] with { UltimateParent = null }] };

        var remedies = RemedySearch.Of(Space(facts, Pack.EndOf("2025-10-01"))).Remedies;

        Assert.NotEmpty(remedies);
        Assert.All(remedies, remedy => Assert.Equal(2, remedy.Changes.Count));
        Assert.Contains(remedies, remedy => remedy.Changes is [RemedyChange.Part, RemedyChange.Settle or RemedyChange.Facts]);
    }

    /// <summary>Applied change by change, shared with nothing but the engine: findings left must be those a release settles.</summary>
    private static bool IsLawful(RemedySpace space, IReadOnlyList<RemedyChange> changes)
    {
        var facts = space.Facts with { ShipDate = space.Day };
        foreach (var change in changes)
            facts = change switch
            {
                RemedyChange.Date date => facts with { ShipDate = date.Day },
                RemedyChange.Part part => facts with { Item = new Item(part.PartNumber) },
                RemedyChange.Destination destination => facts with { DestinationCountry = destination.Country },
                RemedyChange.Facts stated => facts with
                {
                    Item = stated.Example.Item.PartNumber == facts.Item.PartNumber ? stated.Example.Item : facts.Item,
                    Parties = stated.Example.Parties,
                },
                _ => facts,
            };
        var settled = changes.OfType<RemedyChange.Settle>().SelectMany(settle => settle.Rules).ToHashSet();
        return Head.Decide(facts, facts.ShipDate, space.KnownAt).Findings.All(
            finding => finding.Effect is Effect.Review or Effect.Undetermined && settled.Contains(finding.Rule));
    }

    private static IEnumerable<IReadOnlyList<RemedyChange>> Searched(RemedySpace space)
    {
        yield return [];
        foreach (var part in Pack.Catalogue.PartNumbers)
            if (Pack.Catalogue.Find(part, space.KnownAt)?.Vendor == Pack.Catalogue.Find(space.Facts.Item.PartNumber, space.KnownAt)?.Vendor)
                yield return [new RemedyChange.Part(part, 0)];
        foreach (var country in space.Facts.Parties.SelectMany(party => (string[])[party.Country, party.HeadquartersCountry]).Distinct())
            yield return [new RemedyChange.Destination(country)];
    }

    private static RemedySpace Space(ShipmentFacts facts, DateTimeOffset knownAt) => new(
        Head,
        knownAt,
        new KnownShipment { Id = Guid.Empty, OrderId = Guid.Empty, Sequence = 0, Revision = 0, Phase = ShipmentPhase.Open, Facts = facts },
        facts.ShipDate,
        facts.ShipDate.AddDays(-200),
        [],
        new HashSet<string>());

    private static string Words(Remedy remedy) => string.Join(", ", remedy.Changes);
}
