using System.Data.Common;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Shipments;

namespace OrderTracking.ComplianceService.Recheck;

/// <summary>Due shipments with their holds, and what is known: all of one snapshot.</summary>
internal sealed record DueBatch(KnowledgeHead Head, IReadOnlyList<(KnownShipment Shipment, IReadOnlyList<Hold> Holds)> Shipments);

/// <summary>Reads due shipments in batches, and marks those whose decision still stands.</summary>
internal static class RecheckStore
{
    private const int NamesMax = 500;

    private const string ShipmentsSql = $"select {ShipmentStore.Columns} from shipments where seq in @seqs order by seq";

    private const string HoldsSql = $"select {HoldStore.Columns} from holds where shipment in @names and state <> 'VOIDED' order by seq";

    // Only as it was read: whatever happened to the shipment since, or made it due once more, leaves it to the next look.
    private const string ConfirmSql = """
        update shipments set known_version = @Version, decided_ship_date = @DecidedShipDate, decide_again_at = @DecideAgainAt
        where seq = @Seq and phase = 'OPEN' and sequence = @Sequence and revision = @Revision and decision_number = @DecisionNumber
            and screening_number = @ScreeningNumber and known_version = @KnownVersion
            and (decide_again_at = @DueAt or (decide_again_at is null and @DueAt is null))
        """;

    // A lapsed hold whose release was refused stays open, and is proposed anew once what made it lapse has changed.
    private const string AttendedSql = "select distinct shipment from holds where state in ('RELEASE_PROPOSED', 'SETTLED') or (state = 'OPEN' and lapsed = 1)";

    /// <summary>Ids of shipments whose holds people, or the system for them, are about to let go or have let go.</summary>
    public static async Task<IReadOnlySet<string>> Attended(Tx tx) =>
        (await tx.Query<string>(AttendedSql)).Select(name => Names.IdOf(name).ToString("D")).ToHashSet(StringComparer.Ordinal);

    public static async Task<DueBatch> Load(Tx tx, Knowledge knowledge, IReadOnlyList<long> seqs) =>
        new(await knowledge.Current(tx), await WithHolds(tx, seqs, _ => { }));

    /// <summary>Shipments with their holds that are not voided.</summary>
    /// <param name="unreadable">Told the ids of those that cannot be read, themselves or their holds: the others are not kept from being decided.</param>
    public static async Task<IReadOnlyList<(KnownShipment Shipment, IReadOnlyList<Hold> Holds)>> WithHolds(
        Tx tx, IReadOnlyList<long> all, Action<Guid> unreadable)
    {
        var found = new List<(KnownShipment Shipment, IReadOnlyList<Hold> Holds)>(all.Count);
        foreach (var seqs in all.Chunk(NamesMax))
        {
            var rows = await tx.Query<ShipmentRow>(ShipmentsSql, new { seqs });
            try
            {
                found.AddRange(await WithHolds(tx, rows));
            }
            catch (Exception error) when (IsOfRow(error))
            {
                foreach (var row in rows)
                    await Alone(tx, row, found, unreadable);
            }
        }

        return found;
    }

    private static async Task Alone(Tx tx, ShipmentRow row, List<(KnownShipment Shipment, IReadOnlyList<Hold> Holds)> found, Action<Guid> unreadable)
    {
        try
        {
            found.AddRange(await WithHolds(tx, [row]));
        }
        catch (Exception error) when (IsOfRow(error))
        {
            unreadable(row.ShipmentId);
        }
    }

    // Not the statement failed but what it read.
    private static bool IsOfRow(Exception error) => error is not (OperationCanceledException or DbException);

    private static async Task<IReadOnlyList<(KnownShipment Shipment, IReadOnlyList<Hold> Holds)>> WithHolds(Tx tx, IReadOnlyList<ShipmentRow> rows)
    {
        var shipments = rows.Select(row => row.ToShipment()).ToList();
        var holds = await tx.Query<HoldRow>(HoldsSql, new { names = shipments.ConvertAll(shipment => Names.Shipment(shipment.Id)) });
        var byShipment = (await HoldStore.WithReleases(tx, holds)).ToLookup(hold => hold.ShipmentId);
        return [.. shipments.Select(shipment => (shipment, (IReadOnlyList<Hold>)[.. byShipment[shipment.Id]]))];
    }

    /// <summary>
    /// Marks shipments whose decision still stands as decided with what is known now. False where one was not marked because something
    /// happened to it, and, with nothing marked, where lists changed since they were decided: that leaves no trace in the row of a shipment
    /// that was due before.
    /// </summary>
    public static async Task<bool> Confirm(Tx tx, Knowledge knowledge, KnowledgeHead head, IReadOnlyList<Confirmation> confirmations)
    {
        if ((await knowledge.Current(tx)).ListsChange != head.ListsChange)
            return false;
        var confirmed = 0;
        foreach (var confirmation in confirmations)
            confirmed += await tx.Execute(ConfirmSql, confirmation);
        return confirmed == confirmations.Count;
    }
}
