using OrderTracking.Wire;

namespace OrderTracking.ComplianceService;

/// <summary>Resource names this service writes.</summary>
internal static class Names
{
    public const string Shipments = "shipments";
    public const string Orders = "orders";
    public const string Decisions = "decisions";
    public const string Holds = "holds";
    public const string Licences = "licences";
    public const string Permits = "permits";

    public static string Shipment(Guid id) => WireName.Of(Shipments, id);

    public static string Order(Guid id) => WireName.Of(Orders, id);

    public static string Decision(Guid id) => WireName.Of(Decisions, id);

    public static string Hold(Guid id) => WireName.Of(Holds, id);

    public static string Release(Guid hold, Guid id) => $"{Hold(hold)}/releases/{id:D}";

    public static string Licence(Guid id) => WireName.Of(Licences, id);

    public static string Permit(Guid id) => WireName.Of(Permits, id);

    /// <summary>The id in a name this service wrote itself.</summary>
    public static Guid IdOf(string name) => Guid.ParseExact(name.AsSpan(name.LastIndexOf('/') + 1), "D");
}
