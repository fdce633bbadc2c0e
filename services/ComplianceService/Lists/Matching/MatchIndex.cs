using System.Buffers;
using System.Collections.Concurrent;

namespace OrderTracking.ComplianceService.Lists.Matching;

/// <summary>An entry whose name is like the one asked for.</summary>
/// <param name="Entry">Its place among the entries the index was made of.</param>
/// <param name="Score">Thousandths.</param>
internal readonly record struct NameHit(int Entry, int Score, string MatchedName);

/// <summary>
/// Names and aliases of entries, made ready to find the ones a name is like without comparing it with all. Immutable; the score of a pair
/// depends on the two names alone.
/// </summary>
internal sealed class MatchIndex
{
    /// <summary>Thousandths below which nothing is looked for: what country and address may add does not reach the lowest threshold.</summary>
    public const int ScoreMin = 600;

    private const int NearKept = 100_000;
    private readonly List<(int Entry, NameKey Key)> names = [];
    private readonly Dictionary<string, int> wordNumbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> sounds = new(StringComparer.Ordinal);
    private readonly List<NameWord> words = [];
    private readonly List<List<int>> namesOfWord = [];
    private readonly TrigramIndex nearWords;
    private readonly TrigramIndex nearGlued;
    private readonly Dictionary<string, List<int>> namesOfGlued = new(StringComparer.Ordinal);
    private readonly string[] glued;
    private readonly ConcurrentDictionary<string, (int Word, int Score)[]> near = new(StringComparer.Ordinal);

    public MatchIndex(IReadOnlyList<ListEntry> entries)
    {
        for (var i = 0; i < entries.Count; i++)
            foreach (var name in ListedNames.Of(entries[i]))
                Add(i, NameKey.Of(name));
        nearWords = new TrigramIndex([.. words.Select(word => word.Text)]);
        glued = [.. namesOfGlued.Keys];
        nearGlued = new TrigramIndex(glued);
    }

    /// <summary>The entries like this name, at least by <see cref="ScoreMin"/>, in the order they were given, each with its best name.</summary>
    public IReadOnlyList<NameHit> Find(string name)
    {
        var key = NameKey.Of(name);
        var best = new SortedDictionary<int, NameHit>();
        foreach (var candidate in Candidates(key))
        {
            var (entry, listed) = names[candidate];
            var score = NameScore.Of(key, listed);
            if (score >= ScoreMin && (!best.TryGetValue(entry, out var known) || score > known.Score))
                best[entry] = new NameHit(entry, score, listed.Name);
        }

        return [.. best.Values];
    }

    private void Add(int entry, NameKey key)
    {
        if (key.Words.IsEmpty)
            return;
        var number = names.Count;
        names.Add((entry, key));
        foreach (var word in key.Words.DistinctBy(word => word.Text, StringComparer.Ordinal))
        {
            if (!wordNumbers.TryGetValue(word.Text, out var at))
            {
                wordNumbers.Add(word.Text, at = words.Count);
                words.Add(word);
                namesOfWord.Add([]);
                ListOf(sounds, word.Folded).Add(at);
            }

            namesOfWord[at].Add(number);
        }

        ListOf(namesOfGlued, key.Glued).Add(number);
    }

    /// <summary>Names that can reach the least score: no pairing of words can score more than all pairs together.</summary>
    private SortedSet<int> Candidates(NameKey key)
    {
        var found = new SortedSet<int>();
        var sums = ArrayPool<int>.Shared.Rent(names.Count);
        Array.Clear(sums, 0, names.Count);
        var seen = new List<int>();
        foreach (var word in key.Words)
            foreach (var (other, score) in near.Count > NearKept ? NearOf(word) : near.GetOrAdd(word.Text, _ => NearOf(word)))
                foreach (var name in namesOfWord[other])
                {
                    if (sums[name] == 0)
                        seen.Add(name);
                    sums[name] += score * (word.Weight + words[other].Weight);
                }

        foreach (var name in seen)
            if (sums[name] >= (long)ScoreMin * (key.Weight + names[name].Key.Weight))
                found.Add(name);
        ArrayPool<int>.Shared.Return(sums);
        AddGlued(key, found);
        return found;
    }

    private void AddGlued(NameKey key, SortedSet<int> found)
    {
        var alike = new List<int>();
        nearGlued.Near(key.Glued, alike);
        foreach (var one in alike)
            found.UnionWith(namesOfGlued[glued[one]]);
        if (namesOfGlued.TryGetValue(key.Glued, out var same))
            found.UnionWith(same);
    }

    private (int Word, int Score)[] NearOf(NameWord word)
    {
        var alike = new List<int>();
        nearWords.Near(word.Text, alike);
        if (wordNumbers.TryGetValue(word.Text, out var same))
            alike.Add(same);
        if (sounds.TryGetValue(word.Folded, out var sound))
            alike.AddRange(sound);
        return [.. alike.Distinct().Select(other => (other, WordScore.Of(word, words[other]))).Where(pair => pair.Item2 > 0)];
    }

    private static List<int> ListOf(Dictionary<string, List<int>> lists, string key)
    {
        if (!lists.TryGetValue(key, out var list))
            lists.Add(key, list = []);
        return list;
    }
}
