using System.Globalization;
using System.IO.Compression;
using Xunit;

namespace OrderTracking.Client.Tests;

/// <summary>The sample, and the package alone, against a running Host.</summary>
public sealed class SampleTests
{
    private const string SourceUnreachable = "NU1301";

    [Fact]
    public async Task The_sample_says_what_was_decided_and_why()
    {
        await using var host = await HostProgram.Run();
        var token = await host.Token("erp", "caller");
        var (code, output) = await Programs.Run(Programs.Root, Programs.Sample, host.Address, token);
        Assert.True(code == 0, output);
        Assert.Contains("decided Ready", output, StringComparison.Ordinal);
        (code, output) = await Programs.Run(Programs.Root, Programs.Sample, host.Address, token, "H20", "CN");
        Assert.True(code == 0, output);
        Assert.Contains("decided Held", output, StringComparison.Ordinal);
        Assert.DoesNotContain("nothing holds it", output, StringComparison.Ordinal);
        (code, output) = await Programs.Run(Programs.Root, Programs.Sample, host.Address, token, "L2", "germany");
        Assert.Equal(1, code);
        Assert.Contains("refused InvalidArgument", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_package_works_alone()
    {
        var scratch = Directory.CreateTempSubdirectory("ordertracking-package-").FullName;
        try
        {
            var version = string.Create(CultureInfo.InvariantCulture, $"0.0.0-test.{TimeProvider.System.GetUtcNow():yyyyMMddHHmmss}");
            var (code, output) = await Programs.Run(
                Programs.Root, "pack", "services/Client", "-c", "Release", "-o", scratch, $"-p:Version={version}", "--nologo", "-v", "q");
            Assert.True(code == 0, output);
            OneAssemblyAndWhatBelongsToIt(Path.Combine(scratch, $"OrderTracking.Client.{version}.nupkg"));
            WriteProject(scratch, version);
            (code, output) = await Programs.Run(scratch, "build", "-o", Path.Combine(scratch, "out"), "--nologo", "-v", "q");
            if (code != 0 && output.Contains(SourceUnreachable, StringComparison.Ordinal))
                Assert.Skip("NuGet: the package sources of this machine cannot be reached.");
            Assert.True(code == 0, output);

            await using var host = await HostProgram.Run();
            (code, output) = await Programs.Run(scratch, Path.Combine(scratch, "out", "scratch.dll"), host.Address, await host.Token("erp", "caller"));
            Assert.True(code == 0, output);
            Assert.Contains("decided Ready", output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static void OneAssemblyAndWhatBelongsToIt(string package)
    {
        using var zip = ZipFile.OpenRead(package);
        var files = zip.Entries.Select(entry => entry.FullName).ToList();
        Assert.Contains("README.md", files);
        Assert.Contains("service-config.json", files);
        Assert.Equal(
            ["lib/net10.0/OrderTracking.Client.dll", "lib/net10.0/OrderTracking.Client.xml"],
            files.Where(file => file.StartsWith("lib/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    // The sample's own program, with the package instead of the project. Nothing of the repository applies in the directory.
    private static void WriteProject(string scratch, string version)
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        File.WriteAllText(Path.Combine(scratch, "scratch.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <RestoreAdditionalProjectSources>{scratch}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{scratch}/packages</RestorePackagesPath>
                <RestoreFallbackFolders>{packages}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="OrderTracking.Client" Version="{version}" />
              </ItemGroup>
            </Project>
            """);
        File.Copy(Path.Combine(Programs.Root, "services", "Client", "Sample", "Program.cs"), Path.Combine(scratch, "Program.cs"));
    }
}
