using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Xml.Linq;

namespace OrderTracking.BuildingBlocks.Tests.Hosting;

/// <summary>Only free software ships: every package the services restore states a licence of this list.</summary>
public sealed class DependencyLicenceTests
{
    private static readonly string[] Allowed = ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MS-PL", "PostgreSQL", "0BSD", "ISC", "Unlicense"];

    [Fact]
    public void Every_package_that_ships_has_an_allowed_licence()
    {
        var packages = Projects().SelectMany(Packages).Distinct().ToList();
        Assert.Contains(packages, package => package.Name == "MassTransit");
        Assert.Empty(packages.Where(package => !IsAllowed(LicenceOf(package))).Select(package => $"{package.Name} {package.Version}: {LicenceOf(package)}"));
    }

    [Fact]
    public void A_licence_outside_the_list_is_seen()
    {
        Assert.False(IsAllowed(Licence(Nuspec("<license type=\"expression\">GPL-3.0-only</license>"))));
        Assert.False(IsAllowed(Licence(Nuspec("<license type=\"expression\">MIT AND GPL-3.0-only</license>"))));
        Assert.False(IsAllowed(Licence(Nuspec("<license type=\"file\">LICENSE</license>"))));
        Assert.False(IsAllowed(Licence(Nuspec(""))));
        Assert.True(IsAllowed(Licence(Nuspec("<license type=\"expression\">MIT</license>"))));
        Assert.True(IsAllowed(Licence(Nuspec("<license type=\"expression\">MS-PL OR Apache-2.0</license>"))));
    }

    [Fact]
    public void MassTransit_is_of_the_last_free_line()
    {
        var version = typeof(MassTransit.IBus).Assembly.GetName().Version!;
        Assert.True(version.Major < 9, $"MassTransit {version} is commercial from 9 on");
        Assert.All(Projects().SelectMany(Packages).Where(package => package.Name.StartsWith("MassTransit", StringComparison.Ordinal)),
            package => Assert.True(System.Version.Parse(package.Version.Split('-')[0]) < new System.Version(9, 0), package.ToString()));
    }

    // "A OR B" leaves the choice to us: one allowed licence is enough.
    private static bool IsAllowed(string licence) => licence.Split(" OR ").Any(Allowed.Contains);

    private static XDocument Nuspec(string licence) => XDocument.Parse($"<package><metadata>{licence}</metadata></package>");

    private static string LicenceOf(Package package) => Licence(XDocument.Load(package.Nuspec));

    private static string Licence(XDocument nuspec)
    {
        var licence = nuspec.Descendants().FirstOrDefault(element => element.Name.LocalName == "license");
        return licence switch
        {
            null => nuspec.Descendants().FirstOrDefault(element => element.Name.LocalName == "licenseUrl")?.Value ?? "none stated",
            _ when licence.Attribute("type")?.Value == "expression" => licence.Value,
            _ => $"file {licence.Value}",
        };
    }

    private static IEnumerable<string> Projects([CallerFilePath] string here = "") =>
        Directory.EnumerateFiles(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../services")), "project.assets.json", SearchOption.AllDirectories);

    private static IEnumerable<Package> Packages(string assets)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(assets));
        var folders = document.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToList();
        // What ships is what has a run-time file; build tools and analyzers have none, and of what is left out only a placeholder is listed.
        var shipped = document.RootElement.GetProperty("targets").EnumerateObject().SelectMany(target => target.Value.EnumerateObject())
            .Where(library => HasFile(library.Value, "runtime") || HasFile(library.Value, "runtimeTargets"))
            .Select(library => library.Name)
            .ToHashSet();
        foreach (var library in document.RootElement.GetProperty("libraries").EnumerateObject())
        {
            if (library.Value.GetProperty("type").GetString() != "package" || !shipped.Contains(library.Name))
                continue;
            var directory = folders.Select(folder => Path.Combine(folder, library.Value.GetProperty("path").GetString()!)).First(Directory.Exists);
            var parts = library.Name.Split('/');
            yield return new Package(parts[0], parts[1], Directory.EnumerateFiles(directory, "*.nuspec").Single());
        }
    }

    private static bool HasFile(JsonElement library, string kind) =>
        library.TryGetProperty(kind, out var files) && files.EnumerateObject().Any(file => !file.Name.EndsWith("/_._", StringComparison.Ordinal));

    private sealed record Package(string Name, string Version, string Nuspec);
}
