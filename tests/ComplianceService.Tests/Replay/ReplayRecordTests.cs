using Google.Protobuf;
using OrderTracking.ComplianceService.Replay;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Tests.Screening;
using Xunit;
using V1 = OrderTracking.Compliance.V1;
using Kind = OrderTracking.Compliance.V1.DecisionReplay.Types.Difference.Types.Kind;

namespace OrderTracking.ComplianceService.Tests.Replay;

public sealed class ReplayRecordTests
{
    private const int RecordsLooked = 2_000;

    [Fact]
    public void Every_record_comes_out_with_its_own_bytes()
    {
        for (var number = 0; number < RecordsLooked; number++)
        {
            var replay = ReplayRecord.Run(Records.Body(number), Engine);
            Assert.True(replay.Identical, $"{number}: {replay}");
            Assert.Empty(replay.Differences);
        }
    }

    /// <summary>The test above says something only if its records differ from one another.</summary>
    [Fact]
    public void The_records_are_of_every_kind()
    {
        var records = Enumerable.Range(0, RecordsLooked).Select(Records.Of).ToList();
        Assert.Equal(3, records.Select(record => record.Outcome).Distinct().Count());
        Assert.True(records.Select(record => record.RulesDigest).Distinct().Count() > 5);
        Assert.Contains(records, record => record.ItemFactsSource == "INLINE");
        Assert.Contains(records, record => record.ItemFactsSource == "NOT_IN_CATALOGUE");
        Assert.Contains(records, record => record.ItemFactsSource.StartsWith("parts/", StringComparison.Ordinal) && record.StatedFamily.Length > 0);
        Assert.Contains(records, record => !record.Facts.ShipDate.Equals(record.ShipDate));
        Assert.True(records.SelectMany(record => record.Findings).Select(finding => finding.Rule).Distinct().Count() > 8);
    }

    [Fact]
    public void A_changed_engine_shows_a_named_difference()
    {
        var body = Cleared().ToByteArray();
        var replay = ReplayRecord.Run(body, (facts, day, known) => Engine(facts, day, known) with { EngineVersion = "2", Outcome = Outcome.Held });

        Assert.False(replay.Identical);
        Assert.Equal("2", replay.EngineVersion);
        Assert.Equal(
            [(Kind.EngineVersionDiffers, "engine_version", "1", "2"), (Kind.OutcomeDiffers, "outcome", "Cleared", "Held")],
            replay.Differences.Select(one => (one.Kind, one.Field, one.Stored, one.Replayed)));
    }

    [Fact]
    public void One_other_word_in_an_explanation_is_seen_and_located()
    {
        var record = Enumerable.Range(0, RecordsLooked).Select(Records.Of).First(one => one.Findings.Count > 1);
        var replay = ReplayRecord.Run(record.ToByteArray(), (facts, day, known) =>
        {
            var decision = Engine(facts, day, known);
            return decision with { Findings = [decision.Findings[0], decision.Findings[1] with { Explanation = "Otherwise." }, .. decision.Findings.Skip(2)] };
        });

        var difference = Assert.Single(replay.Differences);
        Assert.Equal((Kind.FindingsDiffer, "findings[1].explanation"), (difference.Kind, difference.Field));
        Assert.Equal((record.Findings[1].Explanation, "Otherwise."), (difference.Stored, difference.Replayed));
    }

    public static TheoryData<string, Kind> Tamperings => new()
    {
        { "outcome", Kind.OutcomeDiffers },
        { "rules_digest", Kind.RulesDigestDiffers },
        { "catalogue_digest", Kind.CatalogueDigestDiffers },
        { "lists_digest", Kind.ListsDigestDiffers },
        { "facts_digest", Kind.FactsDiffer },
        { "item_facts_source", Kind.ItemSourceDiffers },
        { "governing_amendments", Kind.GoverningAmendmentsDiffer },
        { "notices", Kind.NoticesDiffer },
        { "destination_country", Kind.FactsDiffer },
    };

    [Theory]
    [MemberData(nameof(Tamperings))]
    public void A_record_that_was_changed_does_not_replay(string field, Kind expected)
    {
        var record = Cleared();
        switch (field)
        {
            case "outcome": record.Outcome = V1.Outcome.Blocked; break;
            case "rules_digest": record.RulesDigest = "0"; break;
            case "catalogue_digest": record.CatalogueDigest = "0"; break;
            case "lists_digest": record.ListsDigest = "0"; break;
            case "facts_digest": record.FactsDigest = "0"; break;
            case "item_facts_source": record.ItemFactsSource = "parts/other/revisions/9"; break;
            case "governing_amendments": record.GoverningAmendments.RemoveAt(0); break;
            case "notices": record.Notices.Clear(); break;
            default: record.Facts.DestinationCountry = "CH"; break;
        }

        var replay = ReplayRecord.Run(record.ToByteArray(), Engine);
        Assert.False(replay.Identical);
        Assert.Contains(replay.Differences, one => one.Kind == expected);
    }

    [Fact]
    public void A_field_this_version_does_not_know_is_a_difference()
    {
        byte[] body = [.. Cleared().ToByteArray(), 0xfa, 0x3e, 0x01, 0x41];
        var replay = ReplayRecord.Run(body, Engine);
        Assert.Equal(Kind.RecordDiffers, Assert.Single(replay.Differences).Kind);
    }

    [Fact]
    public void A_record_older_than_the_stated_family_is_rebuilt_by_its_digest()
    {
        var records = Enumerable.Range(0, RecordsLooked).Select(Records.Of).ToList();
        foreach (var record in records)
        {
            // Where the catalogue knows another family than the caller stated, nothing in the record says which one that was.
            var lost = record.ItemFactsSource.StartsWith("parts/", StringComparison.Ordinal)
                && record.StatedFamily.Length > 0 && record.StatedFamily != record.Facts.Item.Family;
            record.ClearStatedFamily();
            var replay = ReplayRecord.Run(record.ToByteArray(), Engine);
            Assert.Equal(!lost, replay.Identical);
            if (lost)
                Assert.Equal(
                    [(Kind.FactsDiffer, "facts_digest"), (Kind.CallNotRebuildable, "stated_family")],
                    replay.Differences.Select(one => (one.Kind, one.Field)).Order());
        }
    }

    [Fact]
    public void A_record_that_cannot_be_read_is_reported_and_not_decided()
    {
        var record = Cleared();
        record.Facts.DestinationCountry = "Q1";
        record.KnownAt = null;
        var replay = ReplayRecord.Run(record.ToByteArray(), (_, _, _) => throw new InvalidOperationException("nothing to decide from"));
        var difference = Assert.Single(replay.Differences);
        Assert.Equal(Kind.RecordUnreadable, difference.Kind);
        Assert.Contains("destination_country", difference.Replayed, StringComparison.Ordinal);
    }

    private static V1.Decision Cleared() =>
        Enumerable.Range(0, RecordsLooked).Select(Records.Of).First(record => record is { Outcome: V1.Outcome.Cleared, Facts.DestinationCountry: "DE" });

    private static Decision Engine(ShipmentFacts facts, DateOnly shipDate, DateTimeOffset knownAt) =>
        Pack.Decide(facts with { ShipDate = shipDate }, knownAt);
}
