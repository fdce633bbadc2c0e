using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace OrderTracking.Deployment.Tests.Images;

public sealed partial class DockerfileTests
{
    private static readonly string[] Projects = ["OrderService", "ShipmentService", "ComplianceService", "Host"];

    public static TheoryData<string> Names => [.. Projects];

    [Fact]
    public void Every_program_that_serves_has_one() => Assert.Equal(
        Projects.Order(StringComparer.Ordinal),
        Directory.EnumerateFiles(Repository.Of("services"), "Program.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("ServiceProcess", StringComparison.Ordinal) || file.Contains("/Host/", StringComparison.Ordinal))
            .Select(file => Path.GetFileName(Path.GetDirectoryName(file))).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_whole(string project) => Assert.Empty(Faults(project, Text(project)));

    [Theory]
    [InlineData("USER 1654:1654", "USER root", "USER")]
    [InlineData("COPY services/Wire/Wire.csproj services/Wire/\n", "", "Wire")]
    [InlineData("ENTRYPOINT [\"dotnet\", \"OrderTracking.OrderService.dll\"]", "ENTRYPOINT dotnet OrderTracking.OrderService.dll", "ENTRYPOINT")]
    [InlineData("\"--health\"", "\"--version\"", "HEALTHCHECK")]
    [InlineData("sdk:10.0.401-noble", "sdk:latest", "SDK_IMAGE")]
    [InlineData("FROM ${RUNTIME_IMAGE}", "FROM mcr.microsoft.com/dotnet/aspnet:10.0.12", "FROM")]
    public void What_is_missing_is_seen(string right, string wrong, string key)
    {
        Assert.Contains(right, Text("OrderService"), StringComparison.Ordinal);
        var text = Text("OrderService").Replace(right, wrong, StringComparison.Ordinal);
        Assert.Contains(Faults("OrderService", text), fault => fault.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_reaches_a_builder_that_is_not_listed()
    {
        var lines = Repository.Text(".dockerignore").Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#')).ToList();
        Assert.Equal("*", lines[0]);
        Assert.All(["**/secrets", "**/data", "**/.env", "**/obj", "**/bin"], never => Assert.Contains(never, lines));
        Assert.DoesNotContain(lines, line => line.StartsWith('!') && (line.Contains("env", StringComparison.Ordinal) || line == "!**"));
    }

    private static string Text(string project) => Repository.Text("services", project, "Dockerfile");

    private static IEnumerable<string> Faults(string project, string text)
    {
        foreach (var missing in Closure(project).Where(one => !text.Contains($"COPY services/{one}/{one}.csproj services/{one}/\n", StringComparison.Ordinal)))
            yield return $"{missing} is restored without its project file, so its packages come again with every change";
        foreach (Match unpinned in Bases().Matches(text).Where(one => !PinnedBase().IsMatch(one.Value)))
            yield return $"{unpinned.Groups[1].Value} is not pinned";
        if (Stages().Matches(text).Any(stage => !stage.Groups[1].Value.StartsWith("${", StringComparison.Ordinal)))
            yield return "FROM: a base image that cannot be replaced";
        var final = text[text.LastIndexOf("\nFROM ", StringComparison.Ordinal)..];
        if (!final.Contains("\nUSER 1654:1654\n", StringComparison.Ordinal))
            yield return "USER: not a number other than root's";
        var program = $"[\"dotnet\", \"OrderTracking.{project}.dll\"";
        if (!final.Contains($"\nENTRYPOINT {program}]\n", StringComparison.Ordinal))
            yield return "ENTRYPOINT: a shell would keep SIGTERM to itself";
        if (!final.Contains($" CMD {program}, \"--health\"]\n", StringComparison.Ordinal))
            yield return "HEALTHCHECK: not the program's own probe";
    }

    private static HashSet<string> Closure(string project)
    {
        var found = new HashSet<string>(StringComparer.Ordinal) { project };
        for (var open = new Queue<string>(found); open.TryDequeue(out var next);)
        {
            var references = XDocument.Load(Repository.Of("services", next, $"{next}.csproj")).Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!));
            foreach (var reference in references.Where(found.Add))
                open.Enqueue(reference);
        }

        return found;
    }

    [GeneratedRegex(@"^ARG (\w+_IMAGE)=\S+$", RegexOptions.Multiline)]
    private static partial Regex Bases();

    [GeneratedRegex(@"=mcr\.microsoft\.com/dotnet/\w+:\d+\.\d+\.\d+-[\w-]+$")]
    private static partial Regex PinnedBase();

    [GeneratedRegex(@"^FROM (\S+)", RegexOptions.Multiline)]
    private static partial Regex Stages();
}
