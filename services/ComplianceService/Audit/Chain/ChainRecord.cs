using OrderTracking.AuditTrail;

namespace OrderTracking.ComplianceService.Audit.Chain;

/// <summary>What an entry of the chain is about.</summary>
internal enum ChainKind
{
    Decision,
    Hold,
    Release,
    Permit,
    LicenceMovement,
    Amendment,

    /// <summary>What a person did, or was refused.</summary>
    Act,

    /// <summary>The first call of a person's token.</summary>
    SignIn,

    /// <summary>Records whose time was over were erased.</summary>
    Purge,
}

/// <summary>What is to be written into the chain, without its place there.</summary>
internal sealed record ChainRecord(ChainKind Kind, string Subject, string Actor, string Action, string Outcome)
{
    /// <summary>shipments/{id}; blank where there is none.</summary>
    public string Shipment { get; init; } = "";

    /// <summary>orders/{id}; blank where there is none.</summary>
    public string Order { get; init; } = "";

    public string Detail { get; init; } = "";

    /// <summary>The digest of a record that is kept elsewhere as it is, such as a decision's bytes; blank where there is none.</summary>
    public string PayloadDigest { get; init; } = "";

    /// <summary>The record as it is now, kept beside the chain because its row may change later; null where there is none.</summary>
    public string? Payload { get; init; }

    public string Digest => Payload is { } payload ? EntryHash.OfPayload(payload) : PayloadDigest;
}
