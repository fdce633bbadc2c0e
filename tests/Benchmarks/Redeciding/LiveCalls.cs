using System.Diagnostics;
using Google.Protobuf.WellKnownTypes;
using OrderTracking.Compliance.V1;
using OrderTracking.Host;
using OrderTracking.TestKit;

namespace OrderTracking.Benchmarks.Redeciding;

/// <summary>
/// Calls at a steady rate, each measured from the instant it was due: one asks about a shipment and writes nothing, one registers a licence and is
/// answered after its commit.
/// </summary>
internal sealed class LiveCalls(ComplianceProcess process)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);
    private readonly Person _caller = process.Host.As("erp", "caller");
    private readonly Person _analyst = process.Host.As("ana", "analyst");

    /// <summary>Milliseconds of each call while something goes on.</summary>
    public async Task<(List<double> Asked, List<double> Written)> During(Func<Task> work)
    {
        var (asked, written, calls) = (new List<double>(), new List<double>(), new List<Task>());
        var working = work();
        var started = Stopwatch.GetTimestamp();
        for (var number = 0; !working.IsCompleted; number++)
        {
            var due = started + (long)(number * Interval.TotalSeconds * Stopwatch.Frequency);
            if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { } wait && wait > TimeSpan.Zero)
                await Task.Delay(wait);
            calls.Add(Call(number % 2 == 0 ? Ask : Write, due, number % 2 == 0 ? asked : written));
        }

        await working;
        await Task.WhenAll(calls);
        return (asked, written);
    }

    private static async Task Call(Func<Task> call, long due, List<double> into)
    {
        await call();
        var took = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
        lock (into)
            into.Add(took);
    }

    private async Task Ask() => await _caller.Compliance.CheckShipmentAsync(new CheckShipmentRequest { Facts = Facts() });

    private async Task Write()
    {
        var licence = new Licence { Number = $"D-{Guid.CreateVersion7():N}", Authority = "BIS", Licensee = "NVIDIA", ValidFrom = Day(0), ValidTo = Day(300) };
        licence.Rules.Add("US-2025-04-NVIDIA-LETTER");
        licence.Lines.Add(new LicenceLine { Family = "H20", Quantity = 10 });
        licence.Parties.Add(new LicenceParty { Name = "Aurora Systems", Country = "CN" });
        licence.DestinationCountries.Add("CN");
        await _analyst.Licences.RegisterLicenceAsync(new RegisterLicenceRequest { Licence = licence, RequestId = Shop.NewRequestId() });
    }

    private static ShipmentFacts Facts() => new AmendmentSketch("Jetson", "IT", DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime)).Tests().First().Facts;

    private static Google.Type.Date Day(int ahead)
    {
        var day = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(ahead);
        return new Google.Type.Date { Year = day.Year, Month = day.Month, Day = day.Day };
    }
}
