using System.Text.Json.Nodes;

namespace OrderTracking.AuditTrail.Evidence;

/// <summary>The evidence of one shipment as it is written to a file.</summary>
/// <param name="Statement">What the product said about the shipment when it was exported; an entry of the chain vouches for it.</param>
/// <param name="Decisions">Every decision about the shipment, oldest first.</param>
/// <param name="Records">Every other record as it was when its entry was made, oldest first.</param>
/// <param name="Chain">The entries of the shipment, and those of the amendments that governed it, each with its way to the checkpoint's root.</param>
/// <param name="Digest">SHA-256 of the canonical JSON without this field, lower-case hex.</param>
public sealed record EvidenceFile(
    EvidenceStatement Statement,
    IReadOnlyList<EvidenceDecision> Decisions,
    IReadOnlyList<EvidenceRecord> Records,
    IReadOnlyList<EvidenceEntry> Chain,
    EvidenceCheckpoint Checkpoint,
    string Digest);

/// <summary>What the product said about the shipment at the export.</summary>
/// <param name="Form">The name of this form.</param>
/// <param name="Erased">Names of records whose time was over; only their digests are left.</param>
public sealed record EvidenceStatement(
    string Form,
    string Disclaimer,
    string Shipment,
    string Order,
    string ExportedAt,
    string ExportedBy,
    string Phase,
    long Revision,
    string PlannedShipDate,
    string DepartedDate,
    string Standing,
    IReadOnlyList<EvidenceAmendment> Amendments,
    IReadOnlyList<string> Erased)
{
    /// <summary>The form this version writes and reads.</summary>
    public const string FormName = "ordertracking evidence 1";

    /// <summary>Stands in every piece of evidence.</summary>
    public const string DisclaimerText = "Test-grade rules, not legal advice. The records are those of the system named here; whether they are true is not what hashes show.";

    /// <summary>The action of the entry that vouches for the statement.</summary>
    public const string Action = "evidence.export";
}

/// <summary>An amendment that governed a decision, with its text.</summary>
public sealed record EvidenceAmendment(string Name, string Digest, string Definition);

/// <summary>A decision: the bytes its entry vouches for, and the same for readers.</summary>
/// <param name="Entry">Its place in the chain.</param>
/// <param name="Bytes">The stored ordertracking.compliance.v1.Decision, base64.</param>
/// <param name="Decision">The same message as proto JSON.</param>
public sealed record EvidenceDecision(long Entry, string Name, string Bytes, JsonNode Decision);

/// <summary>A record: the text its entry vouches for, a line a field.</summary>
public sealed record EvidenceRecord(long Entry, string Kind, string Name, string Text);

/// <summary>An entry and the hashes that lead from it to the checkpoint's root.</summary>
public sealed record EvidenceEntry(ChainEntry Entry, IReadOnlyList<string> Proof);

/// <summary>The root over the first entries of the chain, and the hash of the last of them.</summary>
public sealed record EvidenceCheckpoint(long Size, string Root, string HeadHash);
