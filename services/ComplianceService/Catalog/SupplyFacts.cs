using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Catalog;

/// <summary>Proposes facts that are missing. What is known stays: replacing it is RevisePart's work.</summary>
internal sealed class SupplyFacts(ComplianceDb db, Knowledge knowledge, ComplianceOptions options, TimeProvider clock)
{
    private const string Action = "parts.supply_facts";
    private const string Field = "facts";

    public Task<V1.PartRevision> Answer(SupplyFactsRequest request, ServerCallContext context)
    {
        var actor = context.Actor();
        return db.Write(
            tx => Requests.Once(
                tx, context.Method, request.RequestId, actor, request, clock.GetUtcNow(), () => Supply(tx, request, actor)),
            context.CancellationToken,
            request.ValidateOnly);
    }

    private async Task<V1.PartRevision> Supply(Tx tx, SupplyFactsRequest request, Actor actor)
    {
        var violations = new Violations();
        var partNumber = PartStatements.ParseName(request.Name, violations);
        var supplied = PartStatements.ParseFacts(request.Facts, Field, violations);
        var (source, certainty) = PartStatements.ParseProvenance(request.Source, request.Certainty, "", violations);
        if (supplied == ItemFacts.Unknown && !violations.Any)
            violations.Add(Field, RegisterReasons.FactsMissing, null, "at least one fact that is not known yet");
        violations.ThrowIfAny();
        var part = await PartProposals.Require(tx, partNumber!, request.Etag, options.StrictEtags);
        var head = await knowledge.Current(tx);
        var now = clock.GetUtcNow();
        var known = head.Catalogue.Find(part.PartNumber, head.KnownNow(now))
            ?? throw new Refusal(
                RegisterReasons.PartNotApproved, $"No revision of parts/{partNumber} is approved; RevisePart states its facts whole.");
        var stated = new StatedPart(
            known.Family ?? "", known.Vendor, known.Description, Merge(known.Facts, supplied), source!, certainty!.Value);
        await PartProposals.Touch(tx, part, now);
        return await PartProposals.Add(tx, head, part, stated, known.Number, actor, Action, now);
    }

    /// <summary>The known facts with the supplied ones beside them.</summary>
    /// <exception cref="Refusal">FACT_ALREADY_KNOWN for each fact that is known, given or derived.</exception>
    internal static ItemFacts Merge(ItemFacts known, ItemFacts supplied)
    {
        var violations = new Violations();
        T? One<T>(string fact, T? before, T? given) where T : struct
        {
            if (before is not null && given is not null)
                violations.Add(
                    $"{Field}.{fact}", RegisterReasons.FactAlreadyKnown, given.ToString(),
                    "a fact that is not known yet; RevisePart replaces known ones");
            return before ?? given;
        }

        // A density that follows from two known facts is known: another one would decide otherwise, which is a revision.
        var density = known.PerformanceDensity ?? (known is { Tpp: { } tpp, DieAreaSquareMillimetres: { } area } ? tpp / area : null);
        One("performance_density", density, supplied.PerformanceDensity);
        var merged = new ItemFacts(
            One("tpp", known.Tpp, supplied.Tpp),
            known.PerformanceDensity ?? supplied.PerformanceDensity,
            One("die_area_mm2", known.DieAreaSquareMillimetres, supplied.DieAreaSquareMillimetres),
            One("io_bandwidth_gbps", known.IoBandwidthGbps, supplied.IoBandwidthGbps),
            One("memory_bandwidth_gbps", known.MemoryBandwidthGbps, supplied.MemoryBandwidthGbps),
            One("designed_for_data_center", known.DesignedForDataCenter, supplied.DesignedForDataCenter));
        violations.ThrowIfAny();
        return merged;
    }
}
