using System.Globalization;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.ComplianceService.Lists;

/// <summary>Resource names of lists: <c>lists/{list}</c>, <c>lists/{list}/snapshots/{n}</c> and <c>lists/{list}/entries/{entry}</c>.</summary>
internal static class ListNames
{
    public const string Lists = "lists";
    public const string Clearances = "clearances";
    private const string Snapshots = "snapshots";
    private const string Entries = "entries";
    private const int ListCharactersMin = 2;
    private const int ListCharactersMax = 16;

    public static string List(string list) => $"{Lists}/{list}";

    public static string Snapshot(string list, long number) => string.Create(CultureInfo.InvariantCulture, $"{Lists}/{list}/{Snapshots}/{number}");

    public static string Entry(string list, string entry) => $"{Lists}/{list}/{Entries}/{entry}";

    public static bool IsList(string list) =>
        list.Length is >= ListCharactersMin and <= ListCharactersMax
        && char.IsAsciiLetterUpper(list[0])
        && list.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter) || letter == '-');

    /// <summary>Reads lists/{list}/snapshots/{n}.</summary>
    /// <exception cref="Refusal">NAME_INVALID.</exception>
    public static (string List, long Number) RequireSnapshot(string name, string field = "name")
    {
        if (TrySnapshot(name, out var list, out var number))
            return (list, number);
        Violations.Throw(field, BuildingReasons.NameInvalid, name, "lists/{list}/snapshots/{number}");
        return default;
    }

    public static bool TrySnapshot(string name, out string list, out long number)
    {
        number = 0;
        return TrySplit(name, Snapshots, out list, out var last)
            && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && Snapshot(list, number) == name;
    }

    public static bool TryEntry(string name, out string list, out string entry) => TrySplit(name, Entries, out list, out entry);

    public static bool TryList(string name, out string list)
    {
        list = name.StartsWith(Lists + "/", StringComparison.Ordinal) ? name[(Lists.Length + 1)..] : "";
        return IsList(list);
    }

    private static bool TrySplit(string name, string collection, out string list, out string last)
    {
        var parts = name.Split('/');
        (list, last) = parts is [Lists, var first, var middle, { Length: > 0 } end] && middle == collection && IsList(first) ? (first, end) : ("", "");
        return list.Length > 0;
    }
}
