using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Lists.Matching;
using OrderTracking.ComplianceService.Shipments;

namespace OrderTracking.ComplianceService.Lists;

/// <summary>
/// The parties of open shipments that changed entries touch. Most are found before the transaction that records the change, so that the
/// writer is not kept waiting; the transaction only looks at what came in meanwhile.
/// </summary>
internal sealed class TouchedShipments
{
    private readonly PartyScorer? scorer;
    private readonly int threshold;
    private readonly List<PartyRow> touched = [];
    private long seen;

    private TouchedShipments(PartyScorer? scorer, int threshold) => (this.scorer, this.threshold) = (scorer, threshold);

    public static async Task<TouchedShipments> By(Tx tx, IReadOnlyList<EntryChange> changes, int threshold)
    {
        ListEntry[] entries = [.. changes.SelectMany(change => new[] { change.Before?.Entry, change.After?.Entry }).OfType<ListEntry>()];
        var found = new TouchedShipments(entries.Length == 0 ? null : new PartyScorer(entries), threshold);
        await found.Look(tx);
        return found;
    }

    /// <summary>Has the shipments decided again now. The transaction that records the change.</summary>
    public async Task MakeDue(Tx tx, DateTimeOffset now)
    {
        await Look(tx);
        foreach (var party in touched)
            await ShipmentParties.MakeDue(tx, party, now);
    }

    private async Task Look(Tx tx)
    {
        if (scorer is null)
            return;
        foreach (var party in await ShipmentParties.Open(tx, seen))
        {
            seen = Math.Max(seen, party.Seq);
            if (scorer.Of(party.ToParty()).Hits.Any(hit => hit.Score >= threshold))
                touched.Add(party);
        }
    }
}
