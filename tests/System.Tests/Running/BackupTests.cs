using Google.LongRunning;
using OrderTracking.Compliance.V1;
using OrderTracking.Orders.V1;
using OrderTracking.TestKit;
using Xunit;

namespace OrderTracking.SystemTests.Running;

/// <summary>A backup is made while the system works; what is restored from it verifies, goes on and ends with every promise kept.</summary>
public sealed class BackupTests : IDisposable
{
    private const int OrdersMin = 30;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private readonly string _root = Directory.CreateTempSubdirectory("ordertracking-backup-").FullName;

    private string Data => Path.Combine(_root, "data");

    private string Backup => Path.Combine(_root, "backup");

    private string Restored => Path.Combine(_root, "restored");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_backup_of_a_working_system_is_restored_verifies_and_resumes()
    {
        var (licence, placed) = await BackUpUnderLoad();
        var restore = await HostCommand.Run(Deadline, "restore", "--from", Backup, "--data", Restored);
        Assert.Equal((0, ""), (restore.ExitCode, restore.Errors));
        Assert.StartsWith("Restored compliance.db, orders.db, shipments.db as of ", restore.Output, StringComparison.Ordinal);

        await using var host = new HostProcess(Restored);
        await host.Start();
        var load = Load(host, licence);
        var orders = (await load.Caller.Orders.ListOrdersAsync(new ListOrdersRequest { PageSize = 1000 })).Orders.Count;
        Assert.InRange(orders, OrdersMin, placed);
        using var working = new CancellationTokenSource();
        var work = new[] { load.Settle(working.Token), load.Dispatch(working.Token) };
        await Eventually.Becomes("every restored order has left", async () => await Left(load) == orders, Deadline);
        await working.CancelAsync();
        await Task.WhenAll(work);
        await Invariants.Hold(Restored);
        Assert.True((await Verified(host)).Intact);
        TestContext.Current.TestOutputHelper?.WriteLine($"{orders} of {placed} orders were in the backup; all left after the restore");
    }

    [Fact]
    public async Task A_backup_replaces_nothing_and_what_was_changed_is_not_restored()
    {
        await using (var host = new HostProcess(Data))
            await host.Start();
        Assert.Equal(0, (await HostCommand.Run(Deadline, "backup", "--to", Backup, "--data", Data)).ExitCode);

        await Refuses("is there already; a backup never replaces one", "backup", "--to", Backup, "--data", Data);
        await Refuses("There is no database in", "backup", "--to", Restored, "--data", Path.Combine(_root, "nothing"));
        await Refuses("is no backup: it has no backup.json", "restore", "--from", _root, "--data", Restored);
        await Refuses("a restore never replaces one", "restore", "--from", Backup, "--data", Data);
        await using (var changed = File.Open(Path.Combine(Backup, "orders.db"), FileMode.Open))
        {
            changed.Seek(-1, SeekOrigin.End);
            changed.WriteByte(7);
        }

        await Refuses("orders.db of the backup is not the file that was backed up", "restore", "--from", Backup, "--data", Restored);
        Assert.Empty(Directory.EnumerateFiles(Restored, "*.db"));
    }

    private async Task<(string Licence, int Placed)> BackUpUnderLoad()
    {
        await using var host = new HostProcess(Data);
        await host.Start();
        var load = Load(host, "");
        await load.RegisterLicence();
        using var working = new CancellationTokenSource();
        var work = new[] { load.Place(working.Token), load.Place(working.Token), load.Settle(working.Token), load.Dispatch(working.Token) };
        await Eventually.Becomes("the system is busy", () => Task.FromResult(load.Placed.Count >= OrdersMin), Deadline);
        var backup = await HostCommand.Run(Deadline, "backup", "--to", Backup, "--data", Data);
        var placed = load.Placed.Count;
        await host.Kill();
        await working.CancelAsync();
        Assert.Equal((0, ""), (backup.ExitCode, backup.Errors));
        Assert.Equal(["backup.json", "compliance.db", "orders.db", "shipments.db"], Directory.EnumerateFiles(Backup).Select(Path.GetFileName).Order());
        await host.Start();
        await Task.WhenAll(work);
        return (load.Licence, placed);
    }

    private static KillLoad Load(HostProcess host, string licence) =>
        new(host, KillTests.ZoneWellInsideItsDay(), KillTests.Today()) { Licence = licence };

    private static async Task<int> Left(KillLoad load) =>
        (await load.Caller.Shipments.ListShipmentsAsync(
            new Shipments.V1.ListShipmentsRequest { Filter = "state = \"DISPATCHED\"", PageSize = 1000 })).Shipments.Count;

    private static async Task<VerifyAuditTrailResponse> Verified(HostProcess host)
    {
        var auditor = host.As("ulla", "auditor");
        var asked = await new AuditService.AuditServiceClient(auditor.Invoker).VerifyAuditTrailAsync(new VerifyAuditTrailRequest());
        var operations = new Operations.OperationsClient(auditor.Invoker);
        await Eventually.Becomes("verified", async () => (asked = await operations.GetOperationAsync(new GetOperationRequest { Name = asked.Name })).Done, Deadline);
        return asked.Response.Unpack<VerifyAuditTrailResponse>();
    }

    private static async Task Refuses(string because, params string[] args)
    {
        var (exitCode, output, errors) = await HostCommand.Run(Deadline, args);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith($"OrderTracking cannot {args[0]}: ", errors, StringComparison.Ordinal);
        Assert.Contains(because, errors, StringComparison.Ordinal);
    }
}
