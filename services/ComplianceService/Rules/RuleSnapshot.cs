using OrderTracking.ComplianceService.Rules.Parsing;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>
/// All rules and groups that were ever recorded, immutable and swapped whole. What is known at an instant is compiled when first asked
/// for and kept, so that the answer of one knowledge date never depends on what was recorded later.
/// </summary>
internal sealed class RuleSnapshot
{
    private readonly GroupRow[] groups;
    private readonly DateTimeOffset[] changes;
    private readonly RuleEpoch?[] epochs;

    private RuleSnapshot(PackNotes notes, Vocabulary vocabulary, Rule[] rules, GroupRow[] groups)
    {
        Notes = notes;
        Vocabulary = vocabulary;
        Rules = rules;
        this.groups = groups;
        var amendments = rules.SelectMany(rule => rule.Amendments);
        changes = RecordedInstants.Of([.. amendments.Select(amendment => amendment.RecordedAt), .. groups.Select(row => row.RecordedAt)]);
        epochs = new RuleEpoch?[changes.Length + 1];
    }

    public PackNotes Notes { get; }

    /// <summary>The names an amendment given as text may use.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>All rules by id, with all their amendments, known or not.</summary>
    public IReadOnlyList<Rule> Rules { get; }

    public IReadOnlyList<GroupRow> Groups => groups;

    /// <exception cref="ArgumentException">Two amendments of a rule have one number, or a number is not above the pack's.</exception>
    public static RuleSnapshot Build(RulePack pack, IEnumerable<PublishedAmendment> published, IEnumerable<GroupRow> publishedGroups)
    {
        var titles = pack.Rules.ToDictionary(rule => rule.Id, rule => rule.Title, StringComparer.Ordinal);
        var stacks = pack.Rules.ToDictionary(rule => rule.Id, rule => rule.Amendments.ToList(), StringComparer.Ordinal);
        foreach (var one in published.OrderBy(one => one.Number))
        {
            if (!stacks.TryGetValue(one.Rule, out var stack))
                stacks.Add(one.Rule, stack = []);
            if (stack.Count > 0 && one.Number <= stack[^1].Number)
                throw new ArgumentException($"Amendment {one.Number} of {one.Rule} stands on {stack[^1].Number}.", nameof(published));
            titles.TryAdd(one.Rule, one.RuleTitle);
            stack.Add(new Amendment(one.Rule, one.Number, one.RecordedAt, one.Content));
        }

        var rules = stacks.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => new Rule(entry.Key, titles[entry.Key], entry.Value));
        var groups = pack.Groups.Concat(publishedGroups).ToArray();
        var vocabulary = pack.Vocabulary with { Groups = Vocabulary.OfGroups(groups.Select(row => row.Group)).Groups };
        return new RuleSnapshot(pack.Notes, vocabulary, [.. rules], groups);
    }

    /// <summary>These rules as if one more amendment were recorded. For what-ifs: nothing is stored, nobody else sees it.</summary>
    /// <param name="draft">Its number is ignored: it stands last in its rule's stack.</param>
    public RuleSnapshot With(PublishedAmendment draft)
    {
        var stack = Find(draft.Rule)?.Amendments ?? [];
        var last = stack.Count == 0 ? 0 : stack[^1].Number;
        var amended = new Rule(
            draft.Rule,
            Find(draft.Rule)?.Title ?? draft.RuleTitle,
            [.. stack, new Amendment(draft.Rule, last + 1, draft.RecordedAt, draft.Content)]);
        var others = Rules.Where(rule => rule.Id != draft.Rule);
        return new RuleSnapshot(Notes, Vocabulary, [.. others.Append(amended).OrderBy(rule => rule.Id, StringComparer.Ordinal)], groups);
    }

    public Rule? Find(string ruleId)
    {
        foreach (var rule in Rules)
            if (rule.Id == ruleId)
                return rule;
        return null;
    }

    /// <summary>What is known at this instant.</summary>
    public RuleEpoch At(DateTimeOffset knownAt)
    {
        var index = RecordedInstants.CountKnown(changes, knownAt);

        // Two threads may compile the same epoch: both come to the same, and one is kept.
        return epochs[index] ??= RuleEpoch.Compile(Rules, groups, index == 0 ? DateTimeOffset.MinValue : changes[index - 1]);
    }

    /// <summary>The first instant after this one at which an amendment or a group row becomes known, or null.</summary>
    public DateTimeOffset? NextChangeAfter(DateTimeOffset instant) => RecordedInstants.NextAfter(changes, instant);
}
