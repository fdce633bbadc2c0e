using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace OrderTracking.BuildingBlocks.Data;

/// <summary>A migration as it is embedded in an assembly: <c>Migrations/NNNN_name.sqlite.sql</c>.</summary>
/// <param name="Source">The assembly's name.</param>
/// <param name="Name">The file's name without its suffix.</param>
/// <param name="Text">Its statements.</param>
internal sealed record MigrationScript(string Source, string Name, string Text)
{
    private const string Folder = ".Migrations.";

    /// <summary>What the ledger holds of the text: whether it was applied as it is now.</summary>
    public string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("\n"))));

    /// <summary>How the migration is named to people.</summary>
    public string FullName => $"{Source}/{Name}";

    /// <summary>The migrations of some assemblies for an engine: assembly after assembly, each in the order of its numbers.</summary>
    public static IReadOnlyList<MigrationScript> Of(IReadOnlyList<Assembly> sources, Dialect dialect) =>
        [.. sources.Distinct().SelectMany(source => Of(source, dialect.MigrationSuffix))];

    /// <summary>The refusal of a migration whose text is another now than when it was applied.</summary>
    public InvalidOperationException Edited() =>
        new($"The migration {Name} of {Source} was applied with another text; add a new one instead of editing it.");

    private static IEnumerable<MigrationScript> Of(Assembly source, string suffix) =>
        source.GetManifestResourceNames()
            .Where(resource => resource.Contains(Folder, StringComparison.Ordinal) && resource.EndsWith(suffix, StringComparison.Ordinal))
            .Select(resource => (Name: resource[(resource.LastIndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..], Resource: resource))
            .OrderBy(script => script.Name, StringComparer.Ordinal)
            .Select(script => new MigrationScript(source.GetName().Name!, script.Name[..^suffix.Length], TextOf(source, script.Resource)));

    private static string TextOf(Assembly source, string resource)
    {
        using var reader = new StreamReader(source.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
