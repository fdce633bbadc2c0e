using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Tests.Data.SqlServer;

namespace OrderTracking.BuildingBlocks.Tests.Data;

/// <summary>What every engine has to keep, so that no service has to know which one it is on. Derived once an engine.</summary>
public abstract class DatabaseUnderTest(SqlServerForTests? server) : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private SqlServerOptions? _database;

    protected ThingsDb Db { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _database = server is null ? null : await server.NewDatabase();
        Db = _database is null ? await ThingsDb.Create(_directory) : await ThingsDb.Create(_directory, _database);
    }

    public async ValueTask DisposeAsync()
    {
        if (Db is not null)
            await Db.DisposeAsync();
        if (_database is not null)
            await SqlServerForTests.Drop(_database);
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs writes in one batch: none begins before all of them wait.</summary>
    protected async Task<Task[]> InOneBatch(params Func<Tx, Task>[] writes)
    {
        using var gate = new ManualResetEventSlim();
        var gated = Db.Write(_ =>
        {
            gate.Wait();
            return Task.CompletedTask;
        });
        var tasks = writes.Select(write => Db.Write(write)).ToArray();
        gate.Set();
        await Outcomes.Of([gated, .. tasks]);
        return tasks;
    }

    /// <summary>A second database object on the same tables, as another process has it.</summary>
    protected async Task<ThingsDb> OfAnotherProcess() =>
        _database is null ? await ThingsDb.Create(_directory) : await ThingsDb.Create(_directory, _database);
}
