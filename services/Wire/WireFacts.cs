using System.Security.Cryptography;
using Google.Protobuf;
using OrderTracking.Compliance.V1;

namespace OrderTracking.Wire;

/// <summary>The facts of a shipment as one service sends them to another.</summary>
public static class WireFacts
{
    /// <summary>
    /// Lower-case SHA-256 hex of the message's bytes. Sender and receiver come to the same: a message has no maps, and what a receiver
    /// does not know yet it keeps.
    /// </summary>
    public static string DigestOf(ShipmentFacts facts) => Convert.ToHexStringLower(SHA256.HashData(facts.ToByteArray()));
}
