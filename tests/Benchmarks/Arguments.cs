namespace OrderTracking.Benchmarks;

/// <summary>The words, options and flags of a command line. Everything that is wrong with it is told at once.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);
    private readonly HashSet<string> _flags = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];

    public IReadOnlyList<string> Words => _words;

    public static bool TryParse(
        IReadOnlyList<string> args, IReadOnlyList<string> options, IReadOnlyList<string> flags, out Arguments arguments, out IReadOnlyList<string> wrong)
    {
        arguments = new Arguments();
        var found = new List<string>();
        var left = new Queue<string>(args.SelectMany(Split));
        while (left.TryDequeue(out var word))
        {
            if (!word.StartsWith("--", StringComparison.Ordinal))
                arguments._words.Add(word);
            else if (flags.Contains(word))
                arguments._flags.Add(word);
            else if (!options.Contains(word))
                found.Add($"There is no option '{word}' here; allowed are {string.Join(", ", options.Concat(flags))}.");
            else if (!left.TryPeek(out var value) || value.StartsWith("--", StringComparison.Ordinal))
                found.Add($"{word} needs a value.");
            else if (!arguments._options.TryAdd(word, left.Dequeue()))
                found.Add($"{word} is given twice.");
        }

        wrong = found;
        return found.Count == 0;
    }

    public bool Has(string flag) => _flags.Contains(flag);

    public string? Find(string option) => _options.GetValueOrDefault(option);

    // A value may follow after a blank or an equals sign.
    private static IEnumerable<string> Split(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) && argument.Contains('=', StringComparison.Ordinal)
            ? argument.Split('=', 2)
            : [argument];
}
