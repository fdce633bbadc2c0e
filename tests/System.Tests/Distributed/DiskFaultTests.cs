using System.Diagnostics;
using Google.Rpc;
using Grpc.Core;
using OrderTracking.Orders.V1;
using OrderTracking.TestKit;
using OrderTracking.TestKit.Distributed;
using Xunit;

namespace OrderTracking.SystemTests.Distributed;

/// <summary>The disk of one service is full. It has a small file system of its own.</summary>
public sealed class DiskFaultTests(ITestOutputHelper output)
{
    // The mount lives in the process's own namespace and goes with it.
    private const string Mount = "mount -t tmpfs -o size=24m tmpfs \"$0\" && cp \"$1\" \"$0\"/ && shift && exec \"$@\"";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task A_full_disk_refuses_what_needs_room_and_loses_nothing_it_answered()
    {
        Brokers.Require();
        await RequireMounts();
        var small = Directory.CreateTempSubdirectory("ordertracking-small-").FullName;
        var plan = new FleetPlan
        {
            Settings = new Dictionary<string, IReadOnlyDictionary<string, string>>
            {
                ["orders"] = new Dictionary<string, string> { ["Storage:DataDirectory"] = small },
            },
            Wrappers = new Dictionary<string, Func<string, IReadOnlyList<string>>>
            {
                ["orders"] = key => ["unshare", "-rm", "sh", "-c", Mount, small, key],
            },
        };
        await using var fleet = await Fleet.Start(output.WriteLine, plan);
        var day = WorkingDay.Now();
        var sketch = new OrderSketch { Zone = day.Zone, ShipDates = [day.Today] };
        await fleet.Shop.PlaceOrder(sketch);
        var filler = $"/proc/{fleet.Service("orders").Process.Id}/root{small}/filler";
        Fill(filler);
        var request = new PlaceOrderRequest { Order = sketch.ToOrder(), RequestId = Shop.NewRequestId() };
        // The log of the database has room of its own for a while.
        var refused = await Eventually.Becomes("an order is refused", () => Answer(fleet, sketch), answer => answer is not null, FleetUnderTest.Drained);
        Assert.Equal((StatusCode.Aborted, "STORAGE_BUSY"), (refused!.StatusCode, Patience.ReasonOf(refused)));
        Assert.NotNull(refused.GetRpcStatus()?.GetDetail<RetryInfo>());
        File.Delete(filler);
        var order = await Eventually.Becomes("an order is taken again", () => Taken(fleet, request), taken => taken is not null, FleetUnderTest.Drained);
        await fleet.Shop.Screened(order!.Name, 1);
        Directory.Delete(small, recursive: true);
    }

    private static void Fill(string filler)
    {
        using var file = File.Create(filler);
        var block = new byte[64 * 1024];
        try
        {
            while (true)
            {
                file.Write(block);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    private static async Task<RpcException?> Answer(Fleet fleet, OrderSketch sketch)
    {
        try
        {
            await fleet.Shop.PlaceOrder(sketch);
            return null;
        }
        catch (RpcException refused)
        {
            return refused;
        }
    }

    private static async Task<Order?> Taken(Fleet fleet, PlaceOrderRequest request)
    {
        try
        {
            return await fleet.Shop.Caller.Orders.PlaceOrderAsync(request);
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.Aborted)
        {
            await Task.Delay(Look);
            return null;
        }
    }

    private static async Task RequireMounts()
    {
        using var trial = Process.Start(new ProcessStartInfo("unshare", ["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        });
        if (trial is null)
            return;
        await trial.WaitForExitAsync();
        if (trial.ExitCode != 0)
            Assert.Skip("Mounts: this machine lets no process mount a file system of its own (unshare -rm), so no disk can be made full.");
    }
}
