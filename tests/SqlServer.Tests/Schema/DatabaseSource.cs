using System.Reflection;

namespace OrderTracking.SqlServer.Tests.Schema;

/// <summary>A migration as it is embedded.</summary>
internal sealed record MigrationScript(string Name, string Text);

/// <summary>A service's database, and the assemblies whose migrations make it, in their order.</summary>
internal sealed record DatabaseSource(string Name, string Service)
{
    private const string Folder = ".Migrations.";

    public static IReadOnlyList<DatabaseSource> All { get; } =
        [new("orders", "OrderService"), new("shipments", "ShipmentService"), new("compliance", "ComplianceService")];

    public static TheoryData<string> Names => [.. All.Select(source => source.Name)];

    public static DatabaseSource Of(string name) => All.Single(source => source.Name == name);

    public IReadOnlyList<Assembly> Assemblies => [Assembly.Load("OrderTracking.BuildingBlocks"), Assembly.Load($"OrderTracking.{Service}")];

    /// <summary>Its migrations for one engine, as the migrator finds them.</summary>
    /// <param name="engine">sqlite or sqlserver.</param>
    public IReadOnlyList<MigrationScript> Migrations(string engine) => [.. Assemblies.SelectMany(assembly => Of(assembly, $".{engine}.sql"))];

    private static IEnumerable<MigrationScript> Of(Assembly assembly, string suffix) =>
        assembly.GetManifestResourceNames()
            .Where(resource => resource.Contains(Folder, StringComparison.Ordinal) && resource.EndsWith(suffix, StringComparison.Ordinal))
            .Select(resource => (resource, name: resource[(resource.LastIndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..^suffix.Length]))
            .OrderBy(one => one.name, StringComparer.Ordinal)
            .Select(one => new MigrationScript($"{assembly.GetName().Name}/{one.name}", TextOf(assembly, one.resource)));

    private static string TextOf(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
