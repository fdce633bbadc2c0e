using System.Text;
using OrderTracking.AuditTrail.Evidence;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Audit.Anchoring;
using OrderTracking.ComplianceService.Audit.Checkpoints;
using OrderTracking.ComplianceService.Audit.Retention;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Audit.Evidence;

/// <summary>
/// Gives everything about one shipment away, to be verified without this server. That it was given away, and what was said with it, is an
/// entry of the chain itself, and the checkpoint made with it is the root every proof leads to.
/// </summary>
internal sealed class ExportEvidence(ComplianceDb db, EvidenceStatements statements, AnchorKeeper anchors, TimeProvider clock)
{
    public async Task<V1.ExportEvidenceResponse> Run(V1.ExportEvidenceRequest request, Actor actor, CancellationToken cancellation)
    {
        var id = WireName.Require(request.Shipment, Names.Shipments, "shipment");
        var (file, checkpoint) = await db.Write(tx => Export(tx, id, actor.Subject), cancellation);
        await anchors.Write(checkpoint, cancellation);
        return new V1.ExportEvidenceResponse
        {
            Json = Google.Protobuf.ByteString.CopyFromUtf8(CanonicalJson.Of(file)),
            Page = Google.Protobuf.ByteString.CopyFrom(EvidencePage.Of(file), Encoding.UTF8),
            Digest = file.Digest,
        };
    }

    private async Task<(EvidenceFile File, Checkpoint Checkpoint)> Export(Tx tx, Guid id, string actor)
    {
        var now = clock.GetUtcNow();
        var shipment = await ReadRetention.Shipment(tx, id);
        var name = Names.Shipment(id);
        var records = await EvidenceRecords.Read(tx, name);
        var statement = await statements.Of(tx, shipment, records, actor, now);
        await EvidenceStatements.Record(tx, statement, actor, now);
        var checkpoint = await CheckpointStore.Make(tx, now) ?? throw new InvalidDataException("The chain is empty behind an entry.");
        var chain = await EvidenceRecords.Chain(tx, name, statement, checkpoint);
        var file = new EvidenceFile(
            statement, records.Decisions, [.. records.Records, .. await EvidenceRecords.Amendments(tx, chain)], chain,
            new EvidenceCheckpoint(checkpoint.Size, checkpoint.Root, checkpoint.HeadHash), Digest: "");
        return (file with { Digest = CanonicalJson.DigestOf(file) }, checkpoint);
    }
}
