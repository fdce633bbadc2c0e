using System.Diagnostics;
using System.Globalization;
using OrderTracking.ComplianceService.Lists;
using OrderTracking.ComplianceService.Lists.Matching;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Lists;

/// <summary>How many listed parties are found, and how many others are held, on names made from the list by a fixed rule.</summary>
public sealed class PrecisionTests(ITestOutputHelper output)
{
    // Set to run everything: every entry, 10,000 names.
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("ORDERTRACKING_LONG_TESTS") == "1";

    [Fact]
    public async Task Most_listed_parties_are_found_and_few_others_are_held()
    {
        var entries = (await ListFiles.Read(ListFiles.Consolidated2023)).Entries;
        var scorer = new PartyScorer(entries);
        var labelled = new LabelledNames(entries);
        var scored = labelled.Listed(IsLong ? 1 : 11).Concat(labelled.NotListed(IsLong ? 10_000 : 2_000)).Select(name => Scored(name, scorer)).ToList();
        var listed = scored.Where(one => one.Name.Entry >= 0).ToList();
        var others = scored.Where(one => one.Name.Entry < 0).ToList();

        output.WriteLine($"{listed.Count} names of listed parties, {others.Count} of others");
        output.WriteLine("threshold  recall  precision  others held");
        foreach (var threshold in Enumerable.Range(PartyScorer.ScoreMin, 31).Where(one => one % 2 == 0 || one == PartyLists.ThresholdDefault))
            output.WriteLine(Line(threshold, listed, others));
        foreach (var kind in listed.GroupBy(one => one.Name.Kind))
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{kind.Key}: recall {Share(kind, one => one.Own >= PartyLists.ThresholdDefault):0.000} of {kind.Count()}"));
        foreach (var missed in listed.Where(one => one.Own < PartyLists.ThresholdDefault).Take(30))
            output.WriteLine($"missed {missed.Name.Kind} {missed.Own}: {missed.Name.Party.Name} <> {entries[missed.Name.Entry].Name}");
        foreach (var held in others.Where(one => one.Best >= PartyLists.ThresholdDefault).Take(30))
            output.WriteLine($"held {held.Best}: {held.Name.Party.Name}");

        Assert.True(Share(listed, one => one.Own >= PartyLists.ThresholdDefault) >= 0.98, "recall");
        Assert.True(Share(others, one => one.Best >= PartyLists.ThresholdDefault) <= 0.005, "others held");
        Assert.All(listed.Where(one => one.Name.Kind is "as given" or "alias"), one => Assert.True(one.Own >= 95, one.Name.Party.Name));
    }

    [Fact]
    public async Task Ten_thousand_names_against_the_whole_list()
    {
        var entries = (await ListFiles.Read(ListFiles.Consolidated2023)).Entries;
        var names = IsLong ? 10_000 : 500;
        var labelled = new LabelledNames(entries);
        var parties = labelled.Listed(3).Concat(labelled.NotListed(names)).Select(one => one.Party).Take(names).ToList();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var building = Stopwatch.StartNew();
        var scorer = new PartyScorer(entries);
        building.Stop();
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        var matching = Stopwatch.StartNew();
        var found = parties.Count(party => scorer.Of(party).Hits.Count > 0);
        matching.Stop();
        var again = Stopwatch.StartNew();
        foreach (var party in parties)
            scorer.Of(party);
        again.Stop();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{entries.Count} entries, {parties.Count} names: index {building.ElapsedMilliseconds} ms, {held / 1048576.0:0.0} MB; matched in "
            + $"{matching.ElapsedMilliseconds} ms, {parties.Count / matching.Elapsed.TotalSeconds:0} names/s, {found} with a hit; asked again "
            + $"{again.Elapsed.TotalMilliseconds:0.0} ms; with what is kept {(GC.GetTotalMemory(forceFullCollection: true) - before) / 1048576.0:0.0} MB"));

        Assert.True(found > 0);
        GC.KeepAlive(scorer);
    }

    private static (LabelledName Name, int Own, int Best) Scored(LabelledName name, PartyScorer scorer)
    {
        var hits = scorer.Of(name.Party).Hits;
        return (
            name,
            hits.Where(hit => hit.Entry == name.Entry).Select(hit => hit.Score).DefaultIfEmpty(0).Max(),
            hits.Select(hit => hit.Score).DefaultIfEmpty(0).Max());
    }

    private static string Line(
        int threshold, List<(LabelledName Name, int Own, int Best)> listed, List<(LabelledName Name, int Own, int Best)> others)
    {
        var found = listed.Count(one => one.Own >= threshold);
        var wrong = others.Count(one => one.Best >= threshold);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{threshold,9}  {(double)found / listed.Count:0.000}   {(double)found / Math.Max(1, found + wrong):0.0000}     {(double)wrong / others.Count:0.0000}");
    }

    private static double Share<T>(IEnumerable<T> all, Func<T, bool> holds)
    {
        var (count, of) = (0, 0);
        foreach (var one in all)
            (count, of) = (holds(one) ? count + 1 : count, of + 1);
        return (double)count / of;
    }
}
