using System.Runtime.CompilerServices;
using System.Text;

namespace OrderTracking.Statements;

/// <summary>The statements of a service as SQL Server is told them: a file a reviewer can read, each statement above a line <c>go</c>.</summary>
internal static class StatementFile
{
    private const string ParametersMark = "-- ";
    private const string End = "\ngo\n";

    /// <summary>Where the file of a database is.</summary>
    public static string PathOf(string database, [CallerFilePath] string here = "") => Path.GetFullPath(
        Path.Combine(Path.GetDirectoryName(here)!, "..", "SqlServer.Tests", "Golden", $"{database}.statements.sqlserver.sql"));

    public static IReadOnlyList<SqlServerForm> Read(string database) => Parse(File.ReadAllText(PathOf(database)));

    public static void Write(string database, IEnumerable<SqlServerForm> statements)
    {
        var text = new StringBuilder();
        foreach (var statement in statements)
        {
            if (statement.Parameters.Count > 0)
                text.Append(ParametersMark).AppendJoin(", ", statement.Parameters).Append('\n');
            text.Append(statement.Text).Append(End).Append('\n');
        }

        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(database))!);
        File.WriteAllText(PathOf(database), text.ToString().TrimEnd('\n') + "\n");
    }

    private static IReadOnlyList<SqlServerForm> Parse(string text) =>
        [.. text.ReplaceLineEndings("\n").Split(End, StringSplitOptions.RemoveEmptyEntries).Select(part => part.Trim('\n')).Where(part => part.Length > 0).Select(One)];

    private static SqlServerForm One(string part)
    {
        if (!part.StartsWith(ParametersMark, StringComparison.Ordinal))
            return new SqlServerForm(part, []);
        var end = part.IndexOf('\n', StringComparison.Ordinal);
        return new SqlServerForm(part[(end + 1)..], part[ParametersMark.Length..end].Split(", "));
    }
}
