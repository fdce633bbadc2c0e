using System.Text.Json.Nodes;
using Google.Protobuf;
using OrderTracking.AuditTrail.Evidence;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Audit.Chain;
using OrderTracking.ComplianceService.Audit.Checkpoints;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Audit.Evidence;

/// <summary>What the chain vouches for about one shipment.</summary>
internal sealed record ShipmentRecords(IReadOnlyList<EvidenceDecision> Decisions, IReadOnlyList<EvidenceRecord> Records)
{
    /// <summary>The amendments that governed its decisions.</summary>
    public IReadOnlyList<string> Governing { get; init; } = [];
}

/// <summary>Reads decisions, records and entries of a shipment as they are stored.</summary>
internal static class EvidenceRecords
{
    private const string SelectEntries = "select seq as Seq, subject as Subject from audit_chain where shipment = @shipment and kind = 'DECISION'";

    private const string SelectBodies = "select decision_id as Id, body as Body from decisions where shipment = @shipment order by number";

    private const string SelectRecords = """
        select c.seq as Seq, c.kind as Kind, c.subject as Subject, p.body as Text
        from audit_chain c join audit_payloads p on p.seq = c.seq
        where c.shipment = @shipment and c.action <> @action order by c.seq
        """;

    private const string SelectAmendments = $"""
        select {ChainRow.Columns} from audit_chain where kind = 'AMENDMENT' and outcome = 'PUBLISHED' and subject in @names order by seq
        """;

    private const string SelectTexts = """
        select c.seq as Seq, c.kind as Kind, c.subject as Subject, p.body as Text
        from audit_chain c join audit_payloads p on p.seq = c.seq where c.seq in @entries order by c.seq
        """;

    public static async Task<ShipmentRecords> Read(Tx tx, string shipment)
    {
        var entries = (await tx.Query<Row>(SelectEntries, new { shipment })).ToDictionary(row => row.Subject, row => row.Seq, StringComparer.Ordinal);
        var decisions = await tx.Query<BodyRow>(SelectBodies, new { shipment });
        var parsed = decisions.Select(row => (row.Name, row.Body, Message: V1.Decision.Parser.ParseFrom(row.Body))).ToList();
        var records = await tx.Query<Row>(SelectRecords, new { shipment, action = EvidenceStatement.Action });
        return new ShipmentRecords(
            [
                .. parsed.Select(one => new EvidenceDecision(
                    entries[one.Name], one.Name, Convert.ToBase64String(one.Body),
                    JsonNode.Parse(JsonFormatter.Default.Format(one.Message))!)),
            ],
            [.. records.Select(Record)])
        {
            Governing = [.. parsed.SelectMany(one => one.Message.GoverningAmendments).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
    }

    /// <summary>The entries of the shipment and of the amendments that were published here, each with its proof.</summary>
    public static async Task<IReadOnlyList<EvidenceEntry>> Chain(Tx tx, string shipment, EvidenceStatement statement, Checkpoint checkpoint)
    {
        var own = await ChainRows.OfShipment(tx, shipment);
        var names = statement.Amendments.Select(amendment => amendment.Name).ToList();
        var published = names.Count == 0 ? [] : await tx.Query<ChainRow>(SelectAmendments, new { names });
        var log = await TreeBlocks.Log(tx, checkpoint.Size, [.. own.Concat(published).Select(row => row.Seq - 1)]);
        return
        [
            .. own.Concat(published).OrderBy(row => row.Seq).Select(
                row => new EvidenceEntry(row.ToEntry(), [.. log.Path(row.Seq - 1).Select(Convert.ToHexStringLower)])),
        ];
    }

    /// <summary>The texts of those amendments.</summary>
    public static async Task<IReadOnlyList<EvidenceRecord>> Amendments(Tx tx, IReadOnlyList<EvidenceEntry> chain)
    {
        var entries = chain.Where(one => one.Entry.Kind == Codes<ChainKind>.Of(ChainKind.Amendment)).Select(one => one.Entry.Seq).ToList();
        return entries.Count == 0 ? [] : [.. (await tx.Query<Row>(SelectTexts, new { entries })).Select(Record)];
    }

    private static EvidenceRecord Record(Row row) => new(row.Seq, row.Kind, row.Subject, row.Text);

    private sealed class Row
    {
        public long Seq { get; init; }

        public string Kind { get; init; } = "";

        public string Subject { get; init; } = "";

        public string Text { get; init; } = "";
    }

    private sealed class BodyRow
    {
        public string Id { get; init; } = "";

        public byte[] Body { get; init; } = [];

        public string Name => $"{Names.Decisions}/{Id}";
    }
}
