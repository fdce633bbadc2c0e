using System.Text.RegularExpressions;

namespace OrderTracking.SystemTests.Monitoring;

/// <summary>The names in a query of Prometheus: enough of its language for what our alerts and dashboards say.</summary>
internal static partial class Query
{
    private static readonly string[] Words = ["and", "or", "unless", "bool", "on", "ignoring", "group_left", "group_right", "offset"];

    /// <summary>The series it reads.</summary>
    public static IEnumerable<string> Metrics(string query)
    {
        var bare = Grouping().Replace(Range().Replace(Matchers().Replace(query, ""), ""), "");
        return Name().Matches(bare).Select(match => match.Value).Where(name => !Words.Contains(name)).Distinct();
    }

    /// <summary>The labels it selects or groups by.</summary>
    public static IEnumerable<string> Labels(string query) =>
        Matchers().Matches(query).SelectMany(matchers => Matched().Matches(matchers.Value)).Select(match => match.Groups[1].Value)
            .Concat(Grouping().Matches(query).SelectMany(grouping => grouping.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
            .Distinct();

    [GeneratedRegex(@"\{(?:[^{}""]|""[^""]*"")*\}")]
    private static partial Regex Matchers();

    [GeneratedRegex(@"(\w+)\s*(?:=~|!~|!=|=)\s*""[^""]*""")]
    private static partial Regex Matched();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Range();

    [GeneratedRegex(@"\b(?:by|without)\s*\(([^)]*)\)")]
    private static partial Regex Grouping();

    // What a parenthesis follows is a function.
    [GeneratedRegex(@"(?<![\w.])[a-zA-Z_:][a-zA-Z0-9_:]*\b(?!\s*\()")]
    private static partial Regex Name();
}
