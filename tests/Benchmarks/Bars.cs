using OrderTracking.Benchmarks.Deciding;
using OrderTracking.Benchmarks.Dispatching;
using OrderTracking.Benchmarks.Memory;
using OrderTracking.Benchmarks.Placing;
using OrderTracking.Benchmarks.Redeciding;
using OrderTracking.Benchmarks.Relaying;
using OrderTracking.Benchmarks.Replaying;
using OrderTracking.Benchmarks.Screening;
using OrderTracking.Benchmarks.Walking;

namespace OrderTracking.Benchmarks;

/// <summary>Everything that is measured, by the name it is asked for. Each takes whether it is to be short.</summary>
internal static class Bars
{
    public static readonly IReadOnlyDictionary<string, Func<bool, Task<IReadOnlyList<Bar>>>> ByName =
        new Dictionary<string, Func<bool, Task<IReadOnlyList<Bar>>>>(StringComparer.OrdinalIgnoreCase)
        {
            ["B1"] = DecisionBar.Measure,
            ["B2"] = CheckShipmentBar.Measure,
            ["B3"] = PlaceOrderBar.Measure,
            ["B4"] = RelayBar.Measure,
            ["B5"] = WalkBar.Measure,
            ["B6"] = RedecideBar.Measure,
            ["B7"] = DispatchBar.Measure,
            ["B8"] = MemoryBar.Measure,
            ["B9"] = ReplayBar.Measure,
            ["telemetry"] = TelemetryCost.Measure,
        };
}
