using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Numerics;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Rules.Index;

/// <summary>
/// The rules of a day, looked up by facts instead of asked one after another: what a decision costs grows with the rules that apply, not
/// with the rules there are. Gives exactly what asking each rule's scope and item test gives.
/// </summary>
internal sealed class RuleIndex
{
    // A catalogue has hundreds of parts; facts that callers state of their own come in all kinds.
    private const int ItemsKept = 1_024;
    private readonly BoundAmendment[] _rules;
    private readonly int[] _ruleOfBit;
    private readonly bool[] _isWhole;
    private readonly ulong[] _whereverSeated;
    private readonly Rows _destination;
    private readonly Rows _placeOfExport;
    private readonly Rows _movement;
    private readonly Rows _exporter;
    private readonly Rows _share;
    private readonly Rows _seatMeets;
    private readonly Rows _seatAvoids;
    private readonly FrozenDictionary<string, int> _exporters;
    private readonly decimal[] _shares;
    private readonly ConcurrentDictionary<(ItemFacts Facts, string? Family, int Exporter), ItemRow> _items = new();
    private int _itemsAdded;

    public RuleIndex(BoundAmendment[] rules)
    {
        _rules = rules;
        var terms = new List<ScopeTerm>();
        var ruleOfBit = new List<int>();
        for (var rule = 0; rule < rules.Length; rule++)
            foreach (var term in ScopeTerm.Of(rules[rule].Scope))
            {
                terms.Add(term);
                ruleOfBit.Add(rule);
            }

        _ruleOfBit = [.. ruleOfBit];
        _isWhole = [.. terms.Select(term => term.IsWhole)];
        _shares = [.. Conditions<ListedOwnerShareAtLeast>(terms).Select(condition => condition.Percent).Distinct().Order()];
        string[] exporters = [.. Conditions<ExporterIn>(terms).SelectMany(condition => condition.Exporters).Distinct(StringComparer.OrdinalIgnoreCase)];
        // 0 is every exporter no rule names.
        _exporters = exporters.Select((name, place) => (name, Row: place + 1)).ToFrozenDictionary(entry => entry.name, entry => entry.Row, StringComparer.OrdinalIgnoreCase);
        _destination = new Rows(CountrySet.Size, terms, (country, term) => All<DestinationIn>(term, condition => condition.Members.Contains(country)));
        _placeOfExport = new Rows(CountrySet.Size, terms, (country, term) => All<PlaceOfExportIn>(term, condition => condition.Members.Contains(country)));
        _movement = new Rows(Enum.GetValues<Movement>().Length, terms, (movement, term) => All<MovementIn>(term, condition => condition.Names((Movement)movement)));
        _exporter = new Rows(exporters.Length + 1, terms, (row, term) => All<ExporterIn>(term, condition => row > 0 && condition.Names(exporters[row - 1])));
        _share = new Rows(_shares.Length + 1, terms, (row, term) => All<ListedOwnerShareAtLeast>(term, condition => row > 0 && _shares[row - 1] >= condition.Percent));
        _seatMeets = new Rows(CountrySet.Size, terms, (country, term) => Seats(term, denied: false).Any(condition => condition.Members.Contains(country)));
        _seatAvoids = new Rows(CountrySet.Size, terms, (country, term) => !Seats(term, denied: true).Any(condition => condition.Members.Contains(country)));
        _whereverSeated = new Rows(1, terms, (_, term) => !Seats(term, denied: false).Any()).Of(0).ToArray();
    }

    /// <summary>Adds the rules that apply, in order, with the answer of each.</summary>
    /// <returns>The worst of their outcomes, or <paramref name="outcome"/> where that is worse.</returns>
    public Outcome AddFired(Inputs inputs, Outcome outcome, List<FiredRule> fired)
    {
        var item = inputs.ItemRowIn(this);
        var destination = _destination.Of(inputs.Destination);
        var placeOfExport = _placeOfExport.Of(inputs.PlaceOfExport);
        var movement = _movement.Of((int)inputs.Facts.Movement);
        var exporter = _exporter.Of(item.Exporter);
        var share = _share.Of(ShareRow(inputs.ListedOwnerShareMax));
        var last = -1;
        for (var word = 0; word < item.Possible.Length; word++)
        {
            var bits = item.Possible[word] & destination[word] & exporter[word];
            if (bits == 0)
                continue;
            bits &= placeOfExport[word] & movement[word] & share[word] & Seated(inputs.Seats, word);
            for (; bits != 0; bits &= bits - 1)
            {
                var bit = (word << 6) + BitOperations.TrailingZeroCount(bits);
                var rule = _ruleOfBit[bit];
                if (rule == last || (!_isWhole[bit] && _rules[rule].Scope.Evaluate(inputs) != Truth.True))
                    continue;
                last = rule;
                var answer = (item.Certain[word] & (1UL << (bit & 63))) == 0
                    ? new PolicyAnswer(Effect.Undetermined, ReviewPolicy.None)
                    : _rules[rule].Policy.Evaluate(inputs);
                fired.Add(new FiredRule(_rules[rule], answer.Effect, answer.ReviewPolicy));
                var worst = Outcomes.Of(answer.Effect, answer.ReviewPolicy);
                if (worst > outcome)
                    outcome = worst;
            }
        }

        return outcome;
    }

    /// <summary>What of the item and the exporter decides, looked up once an item.</summary>
    public ItemRow RowOf(Inputs inputs)
    {
        var exporter = _exporters.GetValueOrDefault(inputs.Facts.Exporter);
        var item = (inputs.Used.Facts, inputs.Family, exporter);
        if (_items.TryGetValue(item, out var known))
            return known;
        // So many different items are rare, and begin anew cheaply.
        if (Interlocked.Increment(ref _itemsAdded) % ItemsKept == 0)
            _items.Clear();
        return _items.GetOrAdd(item, new ItemRow(this, inputs, _rules, _ruleOfBit, exporter));
    }

    private ulong Seated(ReadOnlySpan<int> seats, int word)
    {
        var (meets, avoids) = (_whereverSeated[word], ulong.MaxValue);
        foreach (var country in seats)
        {
            meets |= _seatMeets.Of(country)[word];
            avoids &= _seatAvoids.Of(country)[word];
        }

        return meets & avoids;
    }

    private int ShareRow(decimal share)
    {
        var row = 0;
        while (row < _shares.Length && share >= _shares[row])
            row++;
        return row;
    }

    private static IEnumerable<T> Conditions<T>(IEnumerable<ScopeTerm> terms)
        where T : Condition => terms.SelectMany(term => term.Literals).Select(literal => literal.Condition).OfType<T>();

    private static bool All<T>(ScopeTerm term, Func<T, bool> holds)
        where T : Condition => term.Literals.All(literal => literal.Condition is not T condition || holds(condition) != literal.Denied);

    private static IEnumerable<HeadquartersMeet> Seats(ScopeTerm term, bool denied) =>
        term.Literals.Where(literal => literal.Denied == denied).Select(literal => literal.Condition).OfType<HeadquartersMeet>();
}
