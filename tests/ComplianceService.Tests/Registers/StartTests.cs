using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.ComplianceService.Rules;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Registers;

public sealed class StartTests
{
    [Fact]
    public async Task A_rule_file_that_does_not_parse_stops_the_start_with_file_line_and_reason()
    {
        var directory = Directory.CreateTempSubdirectory("ordertracking-pack").FullName;
        foreach (var file in Directory.GetFiles(RulePackFiles.DefaultDirectory))
            File.Copy(file, Path.Combine(directory, Path.GetFileName(file)));
        await File.AppendAllTextAsync(Path.Combine(directory, "us-embargo.yaml"), "colour: red\n", TestContext.Current.CancellationToken);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults(new ServiceHostOptions { Port = 0, Storage = new StorageOptions { DataDirectory = directory } });
        builder.Services.AddComplianceService();
        builder.Services.AddSingleton(_ => PackFiles.Load(directory));
        await using (var app = builder.Build())
        {
            app.MapComplianceService().MapServiceDefaults();
            var refused = await Assert.ThrowsAsync<RuleFileException>(() => app.StartAsync());
            Assert.Matches(@"us-embargo\.yaml\(\d+\): .*colour", refused.Message);
        }

        Directory.Delete(directory, recursive: true);
    }
}
