using System.Text;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>One term of a set of places: a country (upper case code), a country group such as D:5, or a named set.</summary>
internal sealed record PlaceTerm(string? Country, string? Group, PlaceSet? Set)
{
    public string Words => Country ?? Group ?? Set!.Name;
}

/// <summary>The union of some terms minus the union of others. Groups are looked up on the ship date.</summary>
internal sealed class PlaceSet(string name, string label, IReadOnlyList<PlaceTerm> include, IReadOnlyList<PlaceTerm> except)
{
    /// <summary>Empty for a set written in place.</summary>
    public string Name => name;

    public IReadOnlyList<PlaceTerm> Include => include;

    public IReadOnlyList<PlaceTerm> Except => except;

    public string Words { get; } = name.Length > 0 ? $"{name} ({label})" : List(include, except);

    public void WriteCanonical(StringBuilder text)
    {
        text.Append('{');
        Write(text, include);
        text.Append('-');
        Write(text, except);
        text.Append('}');
    }

    private static void Write(StringBuilder text, IReadOnlyList<PlaceTerm> terms)
    {
        foreach (var term in terms)
        {
            text.Append('+');
            if (term.Set is { } set)
                set.WriteCanonical(text);
            else
                text.Append(term.Country ?? term.Group);
        }
    }

    private static string List(IReadOnlyList<PlaceTerm> include, IReadOnlyList<PlaceTerm> except)
    {
        var words = string.Join(" or ", include.Select(term => term.Words));
        return except.Count == 0 ? words : words + " without " + string.Join(" and ", except.Select(term => term.Words));
    }
}
