using System.Globalization;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace OrderTracking.SqlServer.Tests.Schema;

/// <summary>Reads T-SQL text.</summary>
internal static class TSql
{
    /// <exception cref="InvalidOperationException">It does not parse.</exception>
    public static TSqlScript Parse(string text, string name)
    {
        using var reader = new StringReader(text);
        var script = (TSqlScript)new TSql150Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        if (errors.Count > 0)
            throw new InvalidOperationException($"{name}: {string.Join("; ", errors.Select(Describe))}");
        return script;
    }

    /// <summary>A fragment as it is written.</summary>
    public static string TextOf(TSqlFragment fragment) => string.Concat(
        fragment.ScriptTokenStream.Skip(fragment.FirstTokenIndex).Take(fragment.LastTokenIndex - fragment.FirstTokenIndex + 1).Select(token => token.Text));

    /// <summary>A fragment as the generator writes it, after it was changed.</summary>
    public static string Written(TSqlFragment fragment)
    {
        new Sql150ScriptGenerator().GenerateScript(fragment, out var text);
        return text;
    }

    private static string Describe(ParseError error) =>
        string.Create(CultureInfo.InvariantCulture, $"line {error.Line}: {error.Message}");
}
