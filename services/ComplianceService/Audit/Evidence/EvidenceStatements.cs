using System.Globalization;
using OrderTracking.AuditTrail;
using OrderTracking.AuditTrail.Evidence;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Audit.Chain;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Shipments;

namespace OrderTracking.ComplianceService.Audit.Evidence;

/// <summary>What is said about a shipment with its evidence, apart from its records.</summary>
internal sealed class EvidenceStatements(Knowledge knowledge, PackFiles pack)
{
    private const string SelectErased = "select subject from erased_records where shipment = @shipment order by subject";

    public async Task<EvidenceStatement> Of(Tx tx, KnownShipment shipment, ShipmentRecords records, string actor, DateTimeOffset now) => new(
        EvidenceStatement.FormName,
        EvidenceStatement.DisclaimerText,
        Names.Shipment(shipment.Id),
        Names.Order(shipment.OrderId),
        RecordText.Instant(now),
        actor,
        Codes<ShipmentPhase>.Of(shipment.Phase),
        shipment.Revision,
        Day(shipment.PlannedShipDate),
        shipment.DepartedDate is { } departed ? Day(departed) : "",
        shipment.Standing,
        await Amendments(tx, records.Governing),
        await tx.Query<string>(SelectErased, new { shipment = Names.Shipment(shipment.Id) }));

    /// <summary>The chain vouches for what was said, and for who took the evidence away.</summary>
    public static Task Record(Tx tx, EvidenceStatement statement, string actor, DateTimeOffset now) => AuditChain.Append(
        tx,
        new ChainRecord(ChainKind.Act, statement.Shipment, actor, EvidenceStatement.Action, AuditLog.Done)
        {
            Shipment = statement.Shipment,
            Order = statement.Order,
            Payload = CanonicalJson.Of(statement),
        },
        now);

    private async Task<IReadOnlyList<EvidenceAmendment>> Amendments(Tx tx, IReadOnlyList<string> names)
    {
        var head = await knowledge.Current(tx);
        var amendments = new List<EvidenceAmendment>();
        foreach (var name in names)
        {
            var (rule, number) = AmendmentNames.Require(name);
            var digest = head.Rules.Find(rule)?.Amendments.FirstOrDefault(amendment => amendment.Number == number)?.Content.Digest ?? "";
            amendments.Add(new EvidenceAmendment(name, digest, await Definition(tx, name, rule, number)));
        }

        return amendments;
    }

    private async Task<string> Definition(Tx tx, string name, string rule, int number) =>
        pack.Definitions.TryGetValue(name, out var definition)
            ? definition
            : (await RuleStore.Find(tx, rule, number))?.Definition ?? "";

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
