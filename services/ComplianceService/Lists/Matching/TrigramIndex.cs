using System.Buffers;

namespace OrderTracking.ComplianceService.Lists.Matching;

/// <summary>Finds the words that are a few edits away, by the groups of three letters they share. Immutable.</summary>
internal sealed class TrigramIndex
{
    private const char Edge = '\u0001';
    private const int EdgeLetters = 2;

    // Swapping two letters breaks four groups of three, any other edit at most three.
    private const int BrokenByAnEdit = 4;
    private readonly string[] words;
    private readonly Dictionary<long, int[]> postings;

    public TrigramIndex(string[] words)
    {
        this.words = words;
        var building = new Dictionary<long, List<int>>();
        for (var i = 0; i < words.Length; i++)
            foreach (var group in Groups(words[i]))
            {
                if (!building.TryGetValue(group, out var list))
                    building.Add(group, list = []);
                if (list.Count == 0 || list[^1] != i)
                    list.Add(i);
            }

        postings = building.ToDictionary(entry => entry.Key, entry => entry.Value.ToArray());
    }

    /// <summary>Adds the numbers of the words within <see cref="WordScore.EditsMax"/> edits, ascending.</summary>
    public void Near(string word, List<int> near)
    {
        var counts = ArrayPool<int>.Shared.Rent(words.Length);
        Array.Clear(counts, 0, words.Length);
        var seen = new List<int>();
        long[] groups = [.. Groups(word)];
        foreach (var group in groups)
        {
            if (!postings.TryGetValue(group, out var list))
                continue;
            foreach (var found in list)
                if (counts[found]++ == 0)
                    seen.Add(found);
        }

        // Words that repeat a group of three share fewer different ones.
        var repeats = groups.Length - groups.Distinct().Count();
        foreach (var found in seen)
            if (counts[found] >= SharedMin(word, words[found]) - repeats && WordScore.EditsBetween(word, words[found]) >= 0)
                near.Add(found);
        near.Sort();
        ArrayPool<int>.Shared.Return(counts);
    }

    private static int SharedMin(string a, string b)
    {
        var shorter = Math.Min(a.Length, b.Length);
        return shorter + EdgeLetters - (BrokenByAnEdit * WordScore.EditsMax(shorter));
    }

    private static IEnumerable<long> Groups(string word)
    {
        for (var i = -EdgeLetters; i < word.Length; i++)
            yield return ((long)At(word, i) << 32) | ((long)At(word, i + 1) << 16) | At(word, i + 2);
    }

    private static char At(string word, int index) => index >= 0 && index < word.Length ? word[index] : Edge;
}
