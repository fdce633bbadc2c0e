using System.Text.RegularExpressions;
using Xunit;

namespace OrderTracking.Deployment.Tests;

/// <summary>A setting nobody reads does nothing, silently: each name that compose and Kubernetes set is one the programs know.</summary>
public sealed partial class SettingTests
{
    [Fact]
    public void Each_setting_of_the_deployments_is_known_to_the_programs()
    {
        var words = WordsOfTheSource();
        var set = Files().SelectMany(Settings).Distinct().ToList();
        Assert.True(set.Count > 20, $"{set.Count} settings found");
        Assert.DoesNotContain(set, setting => !IsKnown(setting, words));
    }

    [Fact]
    public void A_misspelt_setting_is_seen()
    {
        var words = WordsOfTheSource();
        Assert.True(IsKnown("Grpc__Tls__CertificateFile", words));
        Assert.False(IsKnown("Grpc__Tls__CertifcateFile", words));
    }

    private static bool IsKnown(string setting, HashSet<string> words) =>
        setting.Split("__").All(part => words.Contains(part) || int.TryParse(part, out _));

    // Log categories and gRPC's own names are .NET's to know.
    private static IEnumerable<string> Settings(string file) => Setting().Matches(File.ReadAllText(file))
        .Select(match => match.Value).Where(setting => !setting.StartsWith("Logging__", StringComparison.Ordinal));

    private static IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Repository.Of("k8s"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".yaml" or ".yml" or ".env" or ".properties")
            .Append(Repository.Of("docker-compose.yml"));

    private static HashSet<string> WordsOfTheSource() => Directory
        .EnumerateFiles(Repository.Of("services"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .SelectMany(file => Word().Matches(File.ReadAllText(file)).Select(match => match.Value))
        .ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+(?:__[A-Za-z0-9-]+)+")]
    private static partial Regex Setting();

    [GeneratedRegex(@"[A-Za-z0-9]+")]
    private static partial Regex Word();
}
