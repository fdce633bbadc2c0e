using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Outlook.Remedies;

/// <summary>What was found: remedies, or that there is none and what was tried.</summary>
internal sealed record RemedyAnswer(bool IsLawful, IReadOnlyList<Remedy> Remedies, IReadOnlyList<RemedyAttempt> Attempts);

/// <summary>
/// Looks for the smallest changes that make a shipment lawful: every single one first, pairs only where no single one does. Pure; each is
/// checked by the deciding function and by the coverage of licences, the same that decide about the goods.
/// </summary>
internal sealed class RemedySearch
{
    /// <summary>Changes of a remedy at most.</summary>
    public const int ChangesMax = 2;

    /// <summary>Remedies of one shape at most; of dates one earlier and one later.</summary>
    private const int OfAShapeMax = 3;

    private static readonly IReadOnlySet<string> NothingSettled = new HashSet<string>();

    private readonly RemedySpace space;
    private readonly Dictionary<string, List<Remedy>> found = new(StringComparer.Ordinal);

    private RemedySearch(RemedySpace space) => this.space = space;

    public static RemedyAnswer Of(RemedySpace space)
    {
        var search = new RemedySearch(space);
        var asItIs = space.Of([], space.Facts);
        var decision = asItIs.Dated.On(space.Day);
        if (RemedyCover.Of(space, space.Facts, decision, space.Day, space.Settled) is { Count: 0 })
            return new RemedyAnswer(true, [], []);
        var changed = space.Parts().Cast<RemedyChange>().Concat(space.Destinations())
            .Select(change => space.Of([change], RemedySpace.Apply(space.Facts, change))).ToList();
        search.Try([asItIs, .. changed], 1);
        if (search.found.Count == 0)
            search.Try([asItIs, .. changed, .. search.Both()], ChangesMax);
        IReadOnlyList<Remedy> remedies =
        [
            .. search.found.Values.SelectMany(same => same).OrderBy(remedy => remedy.Changes.Count)
                .ThenBy(remedy => remedy.Changes.Min(change => change.Kind)),
        ];
        return new RemedyAnswer(false, remedies, remedies.Count > 0 ? [] : search.Attempts(asItIs, changed));
    }

    /// <summary>Another part for another destination.</summary>
    private IEnumerable<Variant> Both() =>
        from part in space.Parts()
        from destination in space.Destinations()
        let facts = RemedySpace.Apply(RemedySpace.Apply(space.Facts, part), destination)
        select space.Of([part, destination], facts);

    private void Try(IReadOnlyList<Variant> variants, int changesMax)
    {
        foreach (var variant in variants)
        {
            TryOn(variant, space.Day, variant.Changes, changesMax);
            if (variant.Changes.Count < changesMax)
                foreach (var day in space.Days(variant))
                    TryOn(variant, day, [new RemedyChange.Date(day), .. variant.Changes], changesMax);
        }
    }

    private void TryOn(Variant variant, DateOnly day, IReadOnlyList<RemedyChange> changes, int changesMax)
    {
        var decision = variant.Dated.On(day);
        var settled = changes.Count == 0 ? space.Settled : NothingSettled;
        if (RemedyCover.Of(space, variant.Facts, decision, day, settled) is { } cover)
            Keep([.. changes, .. cover], decision, changesMax);
        if (changes.Count >= changesMax || RemedyFacts.Clearing(space, variant.Facts, decision, day) is not { } supplied)
            return;
        var facts = RemedySpace.Apply(variant.Facts, supplied);
        Keep([.. changes, supplied], space.Head.Decide(facts, day, space.KnownAt), changesMax);
    }

    private void Keep(IReadOnlyList<RemedyChange> changes, Decision after, int changesMax)
    {
        if (changes.Count > changesMax)
            return;
        var date = changes.OfType<RemedyChange.Date>().FirstOrDefault();
        var direction = date is null ? 0 : date.Day.CompareTo(space.Day);
        var shape = string.Join('+', changes.Select(change => change.Kind).Order()) + direction;
        if (!found.TryGetValue(shape, out var same))
            found.Add(shape, same = []);
        var most = changes.Any(change => change.Kind is RemedyKind.Part or RemedyKind.Destination) ? OfAShapeMax : 1;
        // Another day for the same other part is further away than the one that is kept.
        if (same.Count < most && !same.Exists(remedy => SameButDate(remedy.Changes, changes)))
            same.Add(new Remedy(changes, after));
    }

    private static bool SameButDate(IReadOnlyList<RemedyChange> one, IReadOnlyList<RemedyChange> other) =>
        one.Where(change => change.Kind is RemedyKind.Part or RemedyKind.Destination)
            .SequenceEqual(other.Where(change => change.Kind is RemedyKind.Part or RemedyKind.Destination));

    private IReadOnlyList<RemedyAttempt> Attempts(Variant asItIs, List<Variant> changed)
    {
        var days = space.Days(asItIs);
        var now = asItIs.Dated.On(space.Day);
        List<Decision> Of<T>() => [.. changed.Where(variant => variant.Changes[0] is T).Select(variant => variant.Dated.On(space.Day))];
        return
        [
            Attempt(RemedyKind.Date, [.. days.Select(asItIs.Dated.On)]),
            new RemedyAttempt(RemedyKind.Licence, space.Licences.Count, RulesOf([now])),
            new RemedyAttempt(RemedyKind.Settle, 1, RulesOf([now])),
            new RemedyAttempt(RemedyKind.Facts, 1, RulesOf([now])),
            Attempt(RemedyKind.Part, Of<RemedyChange.Part>()),
            Attempt(RemedyKind.Destination, Of<RemedyChange.Destination>()),
        ];
    }

    private static RemedyAttempt Attempt(RemedyKind kind, List<Decision> decisions) => new(kind, decisions.Count, RulesOf(decisions));

    private static IReadOnlyList<string> RulesOf(IEnumerable<Decision> decisions) =>
    [
        .. decisions.SelectMany(decision => decision.Findings)
            .Select(finding => $"{finding.Rule}: {Codes<Effect>.Of(finding.Effect)}").Distinct().Order(StringComparer.Ordinal),
    ];
}
