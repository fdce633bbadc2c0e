using System.ComponentModel;
using System.Diagnostics;
using DotNet.Testcontainers.Configurations;
using Microsoft.Data.SqlClient;
using OrderTracking.BuildingBlocks.Data;
using Testcontainers.MsSql;

[assembly: AssemblyFixture(typeof(OrderTracking.BuildingBlocks.Tests.Data.SqlServer.SqlServerForTests))]

namespace OrderTracking.BuildingBlocks.Tests.Data.SqlServer;

/// <summary>
/// A SQL Server, found once a run: named by ORDERTRACKING_TEST_SQLSERVER, else a container where a Docker engine runs and has the
/// image. Each database made on it is dropped again.
/// </summary>
public sealed class SqlServerForTests : IAsyncDisposable
{
    private const string Variable = "ORDERTRACKING_TEST_SQLSERVER";
    private const string ImageVariable = "ORDERTRACKING_TEST_SQLSERVER_IMAGE";
    private const string ImageDefault = "mcr.microsoft.com/mssql/server:2022-CU14-ubuntu-22.04";
    private readonly SemaphoreSlim _finding = new(1, 1);
    private MsSqlContainer? _container;
    private string? _server;

    private static string Image => Environment.GetEnvironmentVariable(ImageVariable) ?? ImageDefault;

    /// <summary>What a new database of its own is connected with; skips the test where there is no server.</summary>
    public async Task<SqlServerOptions> NewDatabase(TimeSpan? commandTimeout = null)
    {
        var server = await Find();
        if (server is null)
            Assert.Skip($"SQL Server: set {Variable} to a connection string, or run a Docker engine that has the image {Image}.");
        var text = new SqlConnectionStringBuilder(server) { InitialCatalog = $"ordertracking_test_{Ids.Next():N}" };
        return new SqlServerOptions { ConnectionString = text.ConnectionString, CommandTimeout = commandTimeout ?? TimeSpan.FromSeconds(30) };
    }

    public static async Task Drop(SqlServerOptions database)
    {
        var text = new SqlConnectionStringBuilder(database.ConnectionString) { Pooling = false };
        var name = text.InitialCatalog;
        text.InitialCatalog = "master";
        await using var master = new SqlConnection(text.ConnectionString);
        await master.OpenAsync();
        await using var command = master.CreateCommand();
        // The name is of this class: letters, digits and underscores.
        command.CommandText = $"alter database [{name}] set single_user with rollback immediate; drop database [{name}]";
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _finding.Dispose();
        if (_container is not null)
            await _container.DisposeAsync();
    }

    private async Task<string?> Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return named;
        await _finding.WaitAsync();
        try
        {
            if (_server is not null || !HasImage())
                return _server;
            // Its helper image is on no mirror; what is started here is disposed of here.
            TestcontainersSettings.ResourceReaperEnabled = false;
            _container = new MsSqlBuilder(Image).Build();
            await _container.StartAsync();
            return _server = _container.GetConnectionString();
        }
        finally
        {
            _finding.Release();
        }
    }

    private static bool HasImage()
    {
        try
        {
            using var docker = Process.Start(new ProcessStartInfo("docker", ["image", "inspect", Image])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            docker.StandardOutput.ReadToEnd();
            docker.WaitForExit();
            return docker.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // There is no such program.
            return false;
        }
    }
}
