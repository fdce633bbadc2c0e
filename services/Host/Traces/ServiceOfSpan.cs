using System.Diagnostics;

namespace OrderTracking.Host.Traces;

/// <summary>Which of the services a span is of: all of them are in this process, so the resource of a span does not say.</summary>
internal static class ServiceOfSpan
{
    /// <summary>Of what none of them did.</summary>
    public const string Other = "host";

    private const string Package = "ordertracking.";

    public static readonly IReadOnlyList<string> All = ["orders", "shipments", "compliance"];

    /// <summary>The service by the span itself; null where its parent's has to do, as with a call to another service.</summary>
    public static string? Find(KeptSpan span)
    {
        if (span.Kind == ActivityKind.Client)
            return null;
        var name = span.Name.AsSpan();
        // A method is ordertracking.orders.v1.OrderService/PlaceOrder, an HTTP request has a verb before it, a consumer is orders/ApplyShipment.
        var package = name.IndexOf(Package, StringComparison.Ordinal);
        if (package >= 0)
            name = name[(package + Package.Length)..];
        foreach (var service in All)
        {
            if (StartsWith(name, service))
                return service;
        }

        return null;
    }

    private static bool StartsWith(ReadOnlySpan<char> name, string service) =>
        name.StartsWith(service, StringComparison.Ordinal) && (name.Length == service.Length || name[service.Length] is '.' or '/' or ' ' or '-');
}
