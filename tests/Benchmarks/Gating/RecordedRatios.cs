using System.Globalization;
using System.Text.Json;

namespace OrderTracking.Benchmarks.Gating;

/// <summary>What each bar's ratio was when somebody last had a reason to write it down.</summary>
internal sealed class RecordedRatios
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    private readonly IReadOnlyList<Recorded> _all;

    private RecordedRatios(IReadOnlyList<Recorded> all) => _all = all;

    /// <summary>The bars it speaks of, in its order.</summary>
    public IReadOnlyList<string> Names => [.. _all.Select(one => one.Id).Distinct(StringComparer.OrdinalIgnoreCase)];

    public IEnumerable<Recorded> Of(string id) => _all.Where(one => string.Equals(one.Id, id, StringComparison.OrdinalIgnoreCase));

    public Recorded? Find(string id, string name) => Of(id).SingleOrDefault(one => one.Name == name);

    public static bool TryRead(string file, out RecordedRatios? recorded, out string wrong)
    {
        (recorded, wrong) = (null, "");
        try
        {
            recorded = Parse(File.ReadAllText(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            wrong = $"--gate is '{file}'; allowed is a readable file of recorded ratios: {error.Message}";
        }

        return recorded is not null;
    }

    /// <exception cref="JsonException">It is no such file.</exception>
    /// <exception cref="FormatException">An entry cannot be: which, and what is allowed.</exception>
    public static RecordedRatios Parse(string text)
    {
        var all = JsonSerializer.Deserialize<List<Recorded>>(text, Json) ?? [];
        if (all.Count == 0)
            throw new FormatException("There is no entry in it; a gate that asks for nothing lets everything pass.");
        foreach (var one in all)
        {
            if (!double.IsFinite(one.Value) || one.Value <= 0)
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"The value of '{one.Id} {one.Name}' is {one.Value}; allowed is a number above 0."));
            if (string.IsNullOrWhiteSpace(one.Reason))
                throw new FormatException($"'{one.Id} {one.Name}' has no reason; allowed is why this value was written down last.");
        }

        if (all.GroupBy(one => (one.Id, one.Name)).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
            throw new FormatException($"'{twice.Id} {twice.Name}' stands there twice.");
        return new RecordedRatios(all);
    }
}

/// <summary>A measurement as it was.</summary>
/// <param name="Id">What is asked for to measure it.</param>
/// <param name="Name">The measurement, as it is printed.</param>
/// <param name="Value">The median of its ratio then; of what is no ratio, the value.</param>
/// <param name="Reason">Why it was written down last.</param>
internal sealed record Recorded(string Id, string Name, double Value, string Reason);
