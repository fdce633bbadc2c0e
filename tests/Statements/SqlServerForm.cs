using System.Text.RegularExpressions;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.Statements;

/// <summary>A statement as SQL Server is told it.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Parameters">Its parameters with their types, such as <c>@id char(36)</c>, in the order of their names.</param>
internal sealed partial record SqlServerForm(string Text, IReadOnlyList<string> Parameters)
{
    /// <summary>The members of a list that stand for any number of them.</summary>
    private const int ListMembers = 2;

    /// <summary>The form of a statement as it was recorded: its seams in the words of SQL Server, its lists as Dapper writes them.</summary>
    public static SqlServerForm Of(string recorded, IReadOnlyDictionary<string, Type> types)
    {
        var text = Seam().Replace(recorded.ReplaceLineEndings("\n"), match => TextOf(match.Groups["name"].Value, match.Groups["argument"].Value));
        var parameters = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in Parameter().Matches(text).Select(match => match.Value[1..]).Distinct().ToList())
        {
            var type = types.TryGetValue(name, out var known) ? known : throw new InvalidOperationException($"@{name} has no value: {text}");
            var item = StatementLog.ItemOf(type);
            if (item == type)
            {
                parameters.Add($"@{name} {TypeOf(type)}");
                continue;
            }

            var members = Enumerable.Range(1, ListMembers).Select(member => $"@{name}{member}").ToList();
            text = Regex.Replace(text, $@"@{name}\b", $"({string.Join(", ", members)})");
            parameters.UnionWith(members.Select(member => $"{member} {TypeOf(item)}"));
        }

        return new SqlServerForm(text, [.. parameters]);
    }

    /// <summary>What SQL Server says where the dialects differ.</summary>
    private static string TextOf(string seam, string argument) => seam switch
    {
        "page" => Dialect.SqlServer.Page(argument),
        // Of a statement that is another one altogether, the argument is that one.
        "statement" => argument,
        _ => throw new InvalidOperationException($"What SQL Server says for the seam {seam} is not known here."),
    };

    private static string TypeOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var one when one == typeof(string) => "nvarchar(4000)",
        var one when one == typeof(Guid) => "char(36)",
        var one when one == typeof(DateTimeOffset) => "datetime2(7)",
        var one when one == typeof(DateOnly) => "date",
        var one when one == typeof(long) => "bigint",
        var one when one == typeof(int) => "int",
        var one when one == typeof(bool) => "bit",
        var one when one == typeof(decimal) => "varchar(40)",
        var one when one == typeof(byte[]) => "varbinary(max)",
        // Null wherever it was seen: its type is that of what it is compared with.
        var one when one == typeof(object) => "sql_variant",
        var one => throw new InvalidOperationException($"How SQL Server takes a {one.Name} is not known here."),
    };

    [GeneratedRegex(@"/\*seam (?<name>\w+) (?<argument>.*?)\*/.*?/\*end\*/", RegexOptions.Singleline)]
    private static partial Regex Seam();

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameter();
}
