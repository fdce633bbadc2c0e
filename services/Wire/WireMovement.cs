using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Types.V1;

namespace OrderTracking.Wire;

/// <summary>How goods move: an enum outside, EXPORT, REEXPORT or TRANSFER inside.</summary>
public static class WireMovement
{
    private const string Export = "EXPORT";
    private const string Reexport = "REEXPORT";
    private const string Transfer = "TRANSFER";

    /// <summary>Reads a movement, which must be stated.</summary>
    /// <returns>Its name; null if it was refused.</returns>
    public static string? Parse(Movement movement, in FieldPath field, Violations violations)
    {
        var name = movement switch
        {
            Movement.Export => Export,
            Movement.Reexport => Reexport,
            Movement.Transfer => Transfer,
            _ => null,
        };
        if (name is null)
            violations.Add(field, WireReasons.MovementMissing, movement.ToString(), $"{Export}, {Reexport} or {Transfer}");
        return name;
    }

    /// <summary>Writes a movement.</summary>
    /// <exception cref="ArgumentException">The name is unknown.</exception>
    public static Movement Of(string name) => name switch
    {
        Export => Movement.Export,
        Reexport => Movement.Reexport,
        Transfer => Movement.Transfer,
        _ => throw new ArgumentException($"'{name}' is no movement", nameof(name)),
    };
}
