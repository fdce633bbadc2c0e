using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Audit;
using OrderTracking.ComplianceService.Rules;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Catalog;

/// <summary>What the three ways to propose a revision have in common. A proposal changes no decision.</summary>
internal static class PartProposals
{
    /// <exception cref="Refusal">PART_UNKNOWN, or the etag's reason.</exception>
    public static async Task<PartRow> Require(Tx tx, string partNumber, string etag, bool strictEtags)
    {
        var part = await PartStore.Find(tx, partNumber)
            ?? throw new Refusal(RegisterReasons.PartUnknown, $"There is no part {partNumber}; RegisterPart proposes it.");
        Etag.Require(etag, part.Version, strictEtags);
        return part;
    }

    public static async Task<V1.PartRevision> Add(
        Tx tx, KnowledgeHead head, PartRow part, StatedPart stated, int? baseNumber, Actor actor, string action, DateTimeOffset now)
    {
        var own = await PartStore.RevisionsOf(tx, part.PartNumber);
        var numbers = own.Select(revision => revision.Number).Concat(
            head.Catalogue.Revisions(part.PartNumber).Select(revision => (long)revision.Number));
        var row = new PartRevisionRow
        {
            Id = Guid.CreateVersion7(now),
            PartNumber = part.PartNumber,
            Number = numbers.DefaultIfEmpty(0).Max() + 1,
            BaseNumber = baseNumber,
            Family = stated.Family,
            Vendor = stated.Vendor,
            Description = stated.Description,
            Tpp = stated.Facts.Tpp,
            PerformanceDensity = stated.Facts.PerformanceDensity,
            DieAreaMm2 = stated.Facts.DieAreaSquareMillimetres,
            IoBandwidthGbps = stated.Facts.IoBandwidthGbps,
            MemoryBandwidthGbps = stated.Facts.MemoryBandwidthGbps,
            DesignedForDataCenter = stated.Facts.DesignedForDataCenter,
            Source = stated.Source,
            Certainty = PartMapping.CodeOf(stated.Certainty),
            ProposedBy = actor.Subject,
            CreatedAt = now,
            UpdatedAt = now,
        };
        await PartStore.Insert(tx, row);
        await AuditLog.Record(tx, actor.Subject, action, row.Name, AuditLog.Done, stated.Source, now);
        return PartMapping.Of(row);
    }

    /// <summary>Writes the part's next version, which its etag shows.</summary>
    public static async Task Touch(Tx tx, PartRow part, DateTimeOffset now)
    {
        part.Version++;
        part.UpdatedAt = now;
        if (!await PartStore.Update(tx, part))
            throw new Refusal(
                BuildingReasons.EtagMismatch,
                $"parts/{part.PartNumber} was changed at the same time; read it again and repeat the change.");
    }
}
