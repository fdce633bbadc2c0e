using Google.Protobuf.WellKnownTypes;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Catalog;

internal static class PartMapping
{
    private const string ProductCatalogue = "the product's own catalogue";

    /// <summary>An approved revision, as decisions read it.</summary>
    public static PartRevision Approved(PartRevisionRow row) => new(
        row.PartNumber, (int)row.Number, row.RecordedAt, row.Family, row.Vendor, row.Description, null, FactsOf(row),
        CertaintyOf(row.Certainty), row.Source);

    /// <summary>A part with its revisions: the product's own first, then what was proposed here.</summary>
    public static V1.Part Of(PartRow row, IReadOnlyList<PartRevision> recorded, IReadOnlyList<PartRevisionRow> own, PartRevision? current)
    {
        var part = new V1.Part
        {
            Name = $"parts/{row.PartNumber}",
            Uid = row.Id.ToString("D"),
            CreateTime = Timestamp.FromDateTimeOffset(row.CreatedAt),
            UpdateTime = Timestamp.FromDateTimeOffset(row.UpdatedAt),
            Etag = Etag.Of(row.Version),
            PartNumber = row.PartNumber,
        };
        part.Revisions.AddRange(recorded.Where(revision => revision.RecordedAt is null).Select(revision => OfPack(revision, row)));
        part.Revisions.AddRange(own.Select(Of));
        part.Current = part.Revisions.FirstOrDefault(revision => revision.Name == current?.Name);
        return part;
    }

    public static V1.PartRevision Of(PartRevisionRow row) => new()
    {
        Name = row.Name,
        Uid = row.Id.ToString("D"),
        CreateTime = Timestamp.FromDateTimeOffset(row.CreatedAt),
        UpdateTime = Timestamp.FromDateTimeOffset(row.UpdatedAt),
        Etag = Etag.Of(row.Version),
        State = row.State switch
        {
            PartRevisionRow.Approved => V1.PartRevision.Types.State.Approved,
            PartRevisionRow.Rejected => V1.PartRevision.Types.State.Rejected,
            _ => V1.PartRevision.Types.State.Proposed,
        },
        RecordTime = row.RecordedAt is { } recordedAt ? Timestamp.FromDateTimeOffset(recordedAt) : null,
        Family = row.Family,
        Vendor = row.Vendor,
        Description = row.Description,
        Facts = FactsMapping.FactsOf(FactsOf(row)),
        Source = row.Source,
        Certainty = WireCodes.Of(CertaintyOf(row.Certainty)),
        ProposedBy = row.ProposedBy,
        DecidedBy = row.DecidedBy ?? "",
    };

    public static ItemFacts FactsOf(PartRevisionRow row) => new(
        row.Tpp, row.PerformanceDensity, row.DieAreaMm2, row.IoBandwidthGbps, row.MemoryBandwidthGbps, row.DesignedForDataCenter);

    public static string CodeOf(Certainty certainty) => Canonical.Code(certainty.ToString());

    private static V1.PartRevision OfPack(PartRevision revision, PartRow part)
    {
        var created = Timestamp.FromDateTimeOffset(part.CreatedAt);
        return new V1.PartRevision
        {
            Name = revision.Name,
            Uid = StableId.Of(revision.Name).ToString("D"),
            CreateTime = created,
            UpdateTime = created,
            Etag = Etag.Of(1),
            State = V1.PartRevision.Types.State.Approved,
            Family = revision.Family ?? "",
            Vendor = revision.Vendor,
            Description = revision.Description,
            Facts = FactsMapping.FactsOf(revision.Facts),
            Source = revision.Note.Length > 0 ? $"{ProductCatalogue}: {revision.Note}" : ProductCatalogue,
            Certainty = WireCodes.Of(revision.Certainty),
        };
    }

    private static Certainty CertaintyOf(string code) => code switch
    {
        "CONFIRMED" => Certainty.Confirmed,
        "SECONDARY" => Certainty.Secondary,
        "RECALLED" => Certainty.Recalled,
        _ => Certainty.Unconfirmed,
    };
}
