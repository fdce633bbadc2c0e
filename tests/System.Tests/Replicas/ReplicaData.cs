using OrderTracking.Shipments.V1;
using OrderTracking.TestKit;

namespace OrderTracking.SystemTests.Replicas;

/// <summary>
/// Data as a whole system left them: orders that are planned and screened, ready to leave today. The processes of a test go on from there;
/// events do not travel between them, only their databases and calls do.
/// </summary>
internal sealed class ReplicaData : IDisposable
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");

    private ReplicaData(string directory, OrderSketch sketch, IReadOnlyList<Shipment> ready) =>
        (Directory, Sketch, Ready) = (directory, sketch, ready);

    public string Directory { get; }

    /// <summary>An order nothing restricts, to leave today.</summary>
    public OrderSketch Sketch { get; }

    /// <summary>Shipments that may leave.</summary>
    public IReadOnlyList<Shipment> Ready { get; }

    public static async Task<ReplicaData> With(int shipments)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("ordertracking-replicas-").FullName;
        var now = TimeProvider.System.GetUtcNow();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Zone).DateTime);
        await using var host = await RunningHost.Start(now, directory);
        var sketch = new OrderSketch { ShipDates = [today] };
        var ready = await Task.WhenAll(Enumerable.Range(0, shipments).Select(async _ => (await host.Shop.Screened(sketch)).Single()));
        await Invariants.Hold(directory);
        return new ReplicaData(directory, sketch, ready);
    }

    /// <summary>Reads past the processes.</summary>
    public long Count(string sql, object? parameters = null)
    {
        using var files = new DataFiles(Directory);
        return files.Count(sql, parameters);
    }

    public IReadOnlyList<T> Query<T>(string sql, object? parameters = null)
    {
        using var files = new DataFiles(Directory);
        return files.Query<T>(sql, parameters);
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
