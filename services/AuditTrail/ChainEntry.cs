namespace OrderTracking.AuditTrail;

/// <summary>
/// One entry of the audit chain. Every field is text exactly as it is stored, so that a reader without the product computes the same hash.
/// </summary>
public sealed record ChainEntry
{
    /// <summary>The place in the chain, from 1, without gaps.</summary>
    public required long Seq { get; init; }

    /// <summary>What it is about: DECISION, HOLD, RELEASE, PERMIT, LICENCE_MOVEMENT, AMENDMENT, ACT, SIGN_IN and others.</summary>
    public required string Kind { get; init; }

    /// <summary>The resource name of what it is about.</summary>
    public required string Subject { get; init; }

    /// <summary>shipments/{id}; blank where it is about no shipment.</summary>
    public required string Shipment { get; init; }

    /// <summary>orders/{id}; blank where it is about no order.</summary>
    public required string Order { get; init; }

    /// <summary>Who did it.</summary>
    public required string Actor { get; init; }

    /// <summary>What was done, such as <c>releases.approve</c>.</summary>
    public required string Action { get; init; }

    /// <summary>DONE, the state that was reached, or the reason of a refusal.</summary>
    public required string Outcome { get; init; }

    /// <summary>In words.</summary>
    public required string Detail { get; init; }

    /// <summary>Lower-case SHA-256 hex of the record the entry vouches for; blank where there is none.</summary>
    public required string PayloadDigest { get; init; }

    /// <summary>The W3C trace id of the call; blank outside any.</summary>
    public required string TraceId { get; init; }

    /// <summary>UTC, <c>yyyy-MM-ddTHH:mm:ss.fffffffZ</c>.</summary>
    public required string RecordedAt { get; init; }

    /// <summary>The hash of the entry before; <see cref="EntryHash.Genesis"/> in the first one.</summary>
    public required string PreviousHash { get; init; }

    /// <summary><see cref="EntryHash.Of"/> of all other fields.</summary>
    public required string Hash { get; init; }
}
