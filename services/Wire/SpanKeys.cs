using OrderTracking.BuildingBlocks.Telemetry;

namespace OrderTracking.Wire;

/// <summary>What spans say they are about. Every key is in services/deploy/traces.csv, with where it is seen.</summary>
public static class SpanKeys
{
    public const string Order = "order.id";
    public const string Shipment = "shipment.id";
    public const string Decision = "decision.id";
    public const string Hold = "hold.id";
    public const string Rule = "rule.id";

    /// <summary>The trace a span is linked to, to search by where a trace store does not search by links.</summary>
    public const string CallerTrace = "caller.trace_id";

    /// <summary>The keys of what calls name.</summary>
    public static ResourceKeys Resources { get; } = new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["orders"] = Order, ["shipments"] = Shipment, ["decisions"] = Decision, ["holds"] = Hold,
    });
}
