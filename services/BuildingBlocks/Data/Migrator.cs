using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;

namespace OrderTracking.BuildingBlocks.Data;

/// <summary>Applies the embedded migrations of some assemblies, each in a transaction of its own, in the order of their numbers.</summary>
internal sealed class Migrator(SqliteFile file, Dialect dialect, IReadOnlyList<Assembly> sources)
{
    private const string Ledger = """
        create table if not exists schema_migrations (
            source text not null,
            name text not null,
            digest text not null,
            primary key (source, name)
        )
        """;

    public async Task Run(CancellationToken cancellation)
    {
        await using var prepared = file.OpenForWriting();
        // A migration's later statements name tables its earlier ones make, so its text cannot be prepared as a whole.
        var connection = prepared.Inner;
        connection.Execute(Ledger);
        foreach (var source in sources.Distinct())
        {
            foreach (var (name, text) in Scripts(source))
            {
                cancellation.ThrowIfCancellationRequested();
                Apply(connection, source.GetName().Name!, name, text);
            }
        }
    }

    private static void Apply(SqliteConnection connection, string source, string name, string text)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"))));
        // Immediate, so that a second process that starts at the same time waits and then finds the work done.
        using var transaction = connection.BeginTransaction(deferred: false);
        var applied = connection.QueryFirstOrDefault<string>(
            "select digest from schema_migrations where source = @source and name = @name", new { source, name }, transaction);
        if (applied is not null && applied != digest)
            throw new InvalidOperationException($"The migration {name} of {source} was applied with another text; add a new one instead of editing it.");
        if (applied is not null)
            return;
        connection.Execute(text, transaction: transaction);
        connection.Execute(
            "insert into schema_migrations (source, name, digest) values (@source, @name, @digest)",
            new { source, name, digest },
            transaction);
        transaction.Commit();
    }

    private IEnumerable<(string Name, string Text)> Scripts(Assembly source) =>
        source.GetManifestResourceNames()
            .Where(resource => resource.Contains(".Migrations.", StringComparison.Ordinal)
                && resource.EndsWith(dialect.MigrationSuffix, StringComparison.Ordinal))
            .Select(resource => (Name: resource[(resource.LastIndexOf(".Migrations.", StringComparison.Ordinal) + 12)..], Resource: resource))
            .OrderBy(script => script.Name, StringComparer.Ordinal)
            .Select(script => (script.Name[..^dialect.MigrationSuffix.Length], TextOf(source, script.Resource)));

    private static string TextOf(Assembly source, string resource)
    {
        using var reader = new StreamReader(source.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
