namespace OrderTracking.SystemTests.Access;

/// <summary>The committed table of who may call what: one row a method, roles separated by blanks.</summary>
internal static class RoleMatrix
{
    public static readonly IReadOnlyList<string> Roles = ["caller", "analyst", "officer", "counsel", "operator", "auditor", "service"];

    /// <summary>Allowed roles by method, such as <c>package.Service/Method</c>.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Access", "roles.csv"))
            .Skip(1)
            .Where(line => line.Length > 0)
            .Select(line => line.Split(','))
            .ToDictionary(cells => cells[0], cells => (IReadOnlyList<string>)cells[1].Split(' '));

    /// <summary>Served methods the table does not list, and listed methods that are not served.</summary>
    public static IReadOnlyList<string> Differences(IEnumerable<string> served, IEnumerable<string> listed)
    {
        var (one, other) = (served.ToHashSet(), listed.ToHashSet());
        return
        [
            .. one.Except(other).Select(method => $"{method} is not listed"),
            .. other.Except(one).Select(method => $"{method} is not served"),
        ];
    }
}
