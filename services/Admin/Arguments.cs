using System.Globalization;
using Google.Type;

namespace OrderTracking.Admin;

/// <summary>The words and options after a command's name. An option the command does not have is refused, so that a typing error cannot pass for a default.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);
    private readonly HashSet<string> _flags = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];

    public IReadOnlyList<string> Words => _words;

    public static Arguments Parse(IEnumerable<string> args, IReadOnlySet<string> options, IReadOnlySet<string> flags)
    {
        var parsed = new Arguments();
        var left = new Queue<string>(args.SelectMany(Split));
        while (left.TryDequeue(out var word))
        {
            if (!word.StartsWith("--", StringComparison.Ordinal))
                parsed._words.Add(word);
            else if (flags.Contains(word))
                parsed._flags.Add(word);
            else if (!options.Contains(word))
                throw new AdminException($"There is no option '{word}' here; allowed: {string.Join(", ", options.Concat(flags).Order(StringComparer.Ordinal))}.");
            else if (!left.TryDequeue(out var value))
                throw new AdminException($"{word} needs a value.");
            else if (!parsed._options.TryAdd(word, value))
                throw new AdminException($"{word} is given twice.");
        }

        return parsed;
    }

    public bool Has(string flag) => _flags.Contains(flag);

    public string? Find(string option) => _options.GetValueOrDefault(option);

    public string Get(string option) => Find(option) ?? throw new AdminException($"{option} is needed.");

    /// <summary>A whole number of an option.</summary>
    public int Number(string option, int preset, int max)
    {
        if (Find(option) is not { } text)
            return preset;
        return int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max
            ? number
            : throw new AdminException($"{option} is '{text}'; allowed is 1 to {max}.");
    }

    /// <summary>A day of an option; null where it is not given.</summary>
    public Date? Date(string option)
    {
        if (Find(option) is not { } text)
            return null;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new Date { Year = day.Year, Month = day.Month, Day = day.Day }
            : throw new AdminException($"{option} is '{text}'; allowed is a day such as 2025-06-02.");
    }

    // A value may follow after a blank or an equals sign.
    private static IEnumerable<string> Split(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) && argument.Contains('=', StringComparison.Ordinal)
            ? argument.Split('=', 2)
            : [argument];
}
