using System.Text.RegularExpressions;
using Xunit;

namespace OrderTracking.Deployment.Tests.Compose;

/// <summary>A setting that is spelt wrong is no setting: every key that is set for a service is one its code reads.</summary>
public sealed partial class SettingTests
{
    // Read by the platform and by the exporters, not by code of ours.
    private static readonly string[] OfThePlatform =
        ["SSL_CERT_FILE", "ASPNETCORE_HTTP_PORTS", "DOTNET_EnableDiagnostics", "DOTNET_CLI_TELEMETRY_OPTOUT", "DOTNET_NOLOGO", "MSBUILDDISABLENODEREUSE"];

    private static readonly Lazy<IReadOnlyList<Regex>> Known = new(() => [.. KeysOfTheCode().Distinct().Select(Pattern)]);

    [Fact]
    public void Every_key_of_the_compose_file_is_one_the_code_reads()
    {
        var keys = ComposeFile.Read().Services.Where(service => service.IsOurs).SelectMany(service => service.Environment.Keys).Distinct().ToList();
        Assert.True(keys.Count > 20);
        Assert.Empty(keys.Where(key => !IsKnown(key)));
    }

    [Theory]
    [InlineData("OrderService")]
    [InlineData("ShipmentService")]
    [InlineData("ComplianceService")]
    [InlineData("Host")]
    public void Every_key_of_an_image_is_one_the_code_reads(string project)
    {
        var text = Repository.Text("services", project, "Dockerfile");
        var keys = EnvironmentKey().Matches(text[text.LastIndexOf("FROM ", StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value).ToList();
        Assert.Contains("Grpc__Address", keys);
        Assert.Empty(keys.Where(key => !IsKnown(key)));
    }

    [Theory]
    [InlineData("Grpc__Adress")]
    [InlineData("Messaging__RabbitMq__PaswordFile")]
    [InlineData("Security__Oidc__Authorities")]
    [InlineData("Services__shipments__Adress")]
    [InlineData("OTEL_METRIC_EXPORTER")]
    public void A_key_nobody_reads_is_seen(string key) => Assert.False(IsKnown(key));

    private static bool IsKnown(string key) =>
        OfThePlatform.Contains(key) || key.StartsWith("Logging__", StringComparison.Ordinal) || Known.Value.Any(known => known.IsMatch(key.Replace("__", ":", StringComparison.Ordinal)));

    // Keys are literals, or a literal section with a literal or a property's name behind it. Whatever else a hole stands for is one step.
    private static IEnumerable<string> KeysOfTheCode()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Of("services"), "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal)))
        {
            var text = File.ReadAllText(file);
            if (!text.Contains("onfiguration", StringComparison.Ordinal))
                continue;
            foreach (Match literal in Literal().Matches(text))
                yield return literal.Groups[1].Value;
            foreach (var section in Section().Matches(text).Select(match => match.Groups[1].Value.TrimEnd(':')))
            {
                foreach (var key in Literal().Matches(text).Select(match => match.Groups[1].Value).Concat(PropertyName().Matches(text).Select(match => match.Groups[1].Value)))
                    yield return $"{section}:{key}";
                foreach (var nested in Below().Matches(text).Select(match => match.Groups[1].Value))
                    yield return $"{section}:{nested}:{{any}}";
            }
        }
    }

    private static Regex Pattern(string key) => new("^" + Hole().Replace(Regex.Escape(key).Replace("\\{", "{", StringComparison.Ordinal), "[^:]+") + "$", RegexOptions.CultureInvariant);

    [GeneratedRegex("\\$?\"([A-Za-z][A-Za-z0-9_:{}]+)\"")]
    private static partial Regex Literal();

    [GeneratedRegex("Section\\w* = \"([A-Za-z:]+)\"")]
    private static partial Regex Section();

    [GeneratedRegex("nameof\\(([A-Za-z.]+)\\)")]
    private static partial Regex PropertyName();

    // A section that is read child by child.
    [GeneratedRegex("Key = Section \\+ \"([A-Za-z]+)\"")]
    private static partial Regex Below();

    [GeneratedRegex("\\{[^{}]*\\}")]
    private static partial Regex Hole();

    [GeneratedRegex("(?:ENV|^)\\s+([A-Za-z_.]+)=", RegexOptions.Multiline)]
    private static partial Regex EnvironmentKey();
}
