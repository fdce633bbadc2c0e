using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Xunit;

namespace OrderTracking.SqlServer.Tests;

/// <summary>The T-SQL that the guide tells an operator to run.</summary>
public sealed partial class GuideTests
{
    [Fact]
    public void What_the_backup_guide_tells_to_run_is_t_sql()
    {
        var scripts = Blocks().Matches(File.ReadAllText(Guide())).Select(block => block.Groups[1].Value).ToList();
        Assert.Equal(2, scripts.Count);
        Assert.All(scripts, script => Assert.Empty(Errors(script)));
        Assert.NotEmpty(Errors(scripts[0].Replace("with mark", "with a mark", StringComparison.Ordinal)));
    }

    private static IList<ParseError> Errors(string script)
    {
        using var reader = new StringReader(script);
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        return errors;
    }

    private static string Guide([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "services", "guide", "backup.md");

    [GeneratedRegex("^```sql\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Blocks();
}
