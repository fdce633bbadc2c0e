using Google.Protobuf.WellKnownTypes;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.Wire;

/// <summary>Instants: google.protobuf.Timestamp outside, DateTimeOffset inside.</summary>
public static class WireInstant
{
    /// <summary>Reads an instant that is known to exist. What is below a microsecond is cut off: no store keeps it everywhere.</summary>
    public static DateTimeOffset Of(Timestamp instant) => MicrosecondClock.Cut(instant.ToDateTimeOffset());

    /// <summary>Reads an instant that may be absent.</summary>
    public static DateTimeOffset? OfOptional(Timestamp? instant) => instant is null ? null : Of(instant);
}
