using Google.Type;
using Microsoft.Data.Sqlite;
using OrderTracking.Compliance.V1;
using OrderTracking.Orders.V1;
using Xunit;
using static OrderTracking.Client.Tests.Admin.OrderRowsFile;
using Licence = OrderTracking.Compliance.V1.Licence;

namespace OrderTracking.Client.Tests.Admin;

/// <summary>
/// A Host in which everything the commands show is there: orders ready and held, holds, a licence, and three orders whose event compliance gave up, so that they are stuck.
/// </summary>
public sealed class AdminScene : IAsyncLifetime
{
    private const int Broken = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public RunningAdmin System { get; } = new();

    /// <summary>The orders of the scene by what the file calls them.</summary>
    public Dictionary<string, string> Orders { get; } = new(StringComparer.Ordinal);

    public string Licence { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await System.InitializeAsync();
        using var clients = await System.Clients("analyst");
        Licence = (await clients.Licences.RegisterLicenceAsync(new RegisterLicenceRequest { Licence = LicenceOfTests() })).Name;
        await Place([
            Row("READY"), Row("HELD", part: "H20", to: "CN"), Row("REVIEWED", part: "NO-SUCH-PART", to: "VN"), Row("REJECTED", part: "NO-SUCH-PART", to: "VN"),
            Row("LISTED", part: "NO-SUCH-PART", to: "VN"),
        ]);
        foreach (var order in Orders.Values)
            await Until($"{order} is screened", async () => (await clients.Orders.GetOrderAsync(new GetOrderRequest { Name = order })).State != Order.Types.State.Placed);
        await GiveEventsUp();
    }

    public ValueTask DisposeAsync() => System.DisposeAsync();

    /// <summary>Asks until the answer is yes.</summary>
    public static async Task Until(string what, Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            if (deadline.IsCancellationRequested)
                throw new TimeoutException($"It did not become true within {Patience} that {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        }
    }

    private async Task Place(string[] rows)
    {
        using var file = new OrderRowsFile();
        file.Write(rows);
        var report = await System.Json("caller", "import-orders", file.Path);
        foreach (var result in report.GetProperty("results").EnumerateArray())
            Orders[result.GetProperty("reference").GetString()!] = result.GetProperty("order").GetString()!;
    }

    // The defect: compliance cannot write what it keeps of shipments. Its events would be tried for minutes; the test says that it was long enough.
    private async Task GiveEventsUp()
    {
        using var database = new SqliteConnection($"Data Source={Path.Combine(System.Directory, "compliance.db")};Pooling=False;Default Timeout=30");
        database.Open();
        Execute(database, "alter table shipments rename to shipments_away");
        await Place([.. Enumerable.Range(1, Broken).Select(at => Row($"BROKEN-{at}"))]);
        await Until("compliance gives the events up", () =>
        {
            Execute(database, "update redeliveries set attempts = 99, due_at = '2000-01-01T00:00:00.0000000Z'");
            return Task.FromResult(Count(database) >= Broken);
        });
        Execute(database, "alter table shipments_away rename to shipments");
    }

    private static void Execute(SqliteConnection database, string statement)
    {
        using var command = database.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    private static long Count(SqliteConnection database)
    {
        using var command = database.CreateCommand();
        command.CommandText = "select count(*) from dead_letters";
        return (long)command.ExecuteScalar()!;
    }

    private static Licence LicenceOfTests() => new()
    {
        Number = "D1234567",
        Authority = "BIS",
        Licensee = "NVIDIA",
        Rules = { "US-2025-04-NVIDIA-LETTER" },
        Lines = { new LicenceLine { Family = "H20", Quantity = 1_000 } },
        Parties = { new LicenceParty { Name = "Rechenwerk", Country = "CN" } },
        DestinationCountries = { "CN" },
        ValidFrom = Of(TimeProvider.System.GetUtcNow().AddDays(-10)),
        ValidTo = Of(TimeProvider.System.GetUtcNow().AddDays(90)),
    };

    private static Date Of(DateTimeOffset day) => new() { Year = day.Year, Month = day.Month, Day = day.Day };
}
