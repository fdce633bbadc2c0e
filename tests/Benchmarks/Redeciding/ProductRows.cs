using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService;
using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Rules.Parsing;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.TestKit;

namespace OrderTracking.Benchmarks.Redeciding;

/// <summary>What the product's own code wrote for one shipment.</summary>
/// <param name="Shipment">Its id.</param>
/// <param name="Order">Its order's id.</param>
internal sealed record ProductRow(string Shipment, string Order, IReadOnlyList<StoredRow> Screened, IReadOnlyList<StoredRow> Flipped)
{
    /// <summary>The row of shipments after the flip.</summary>
    public StoredRow After => Flipped.Single(row => row.Table == "shipments");

    public static IEnumerable<StoredRow> Of(IReadOnlyList<StoredRow> rows, string table) => rows.Where(row => row.Table == table);
}

/// <summary>Lets the product screen one shipment of each kind, and decide it again with one rule more, on a file of its own, and reads what it wrote.</summary>
internal static class ProductRows
{
    /// <summary>The rule that is one more.</summary>
    public const string Rule = "BENCH-000";

    public static readonly string[] Tables =
        ["shipment_parties", "record_keys", "decisions", "decision_terms", "holds", "audit_chain", "audit_payloads", "outbox"];

    public static async Task<IReadOnlyList<ProductRow>> Make()
    {
        var directory = Directory.CreateTempSubdirectory("ordertracking-rows-").FullName;
        try
        {
            await using var db = new ComplianceDb(new DbOptions { ConnectionName = "compliance", DataDirectory = directory }, NullLogger<ComplianceDb>.Instance);
            await db.Migrate(CancellationToken.None);
            var knowledge = new Knowledge(db, TimeProvider.System, PackFiles.Load(RulePackFiles.DefaultDirectory));
            await knowledge.Refresh(CancellationToken.None);
            using var connection = new SqliteConnection($"Data Source={Path.Combine(directory, "compliance.db")};Pooling=False");
            connection.Open();
            var made = new List<ProductRow>();
            for (var kind = 0; kind < SampleGoods.Kinds; kind++)
                made.Add(await Make(db, knowledge, connection, SampleGoods.Of(kind)));
            return made;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<ProductRow> Make(ComplianceDb db, Knowledge knowledge, SqliteConnection connection, KnownShipment shipment)
    {
        var head = knowledge.Latest;
        var before = Ends(connection);
        var known = await db.Write(async tx =>
        {
            await ShipmentStore.Insert(tx, shipment);
            return await ScreenShipment.Settle(tx, shipment, Decide(head, shipment), Occasion.Screening, "erp");
        });
        var screened = Read(connection, before, shipment.Id);
        if (known.Standing != "READY")
            throw new InvalidOperationException($"The sample {shipment.Facts.Item.PartNumber} is {known.Standing}: {known.StandingReasons}.");
        var now = head.KnownNow(TimeProvider.System.GetUtcNow());
        var draft = AmendmentParser.Parse(
            new AmendmentSketch("Jetson", shipment.Facts.DestinationCountry, DateOnly.FromDateTime(now.UtcDateTime)).Definition, "sample", head.Rules.Vocabulary);
        var with = head.WithDraft(Rule, "A sample", draft, now);
        before = Ends(connection);
        await db.Write(tx => ScreenShipment.Settle(tx, known, Decide(with, known), Occasion.Recheck, "compliance"));
        return new ProductRow(shipment.Id.ToString("D"), shipment.OrderId.ToString("D"), screened, Read(connection, before, shipment.Id));
    }

    private static Verdict Decide(KnowledgeHead head, KnownShipment shipment) => Judge.Decide(
        head, TimeProvider.System.GetUtcNow(), shipment.Facts, today => ShipDates.Effective(shipment.PlannedShipDate, today));

    private static Dictionary<string, long> Ends(SqliteConnection connection) =>
        Tables.ToDictionary(table => table, table => Scalar(connection, $"select coalesce(max(rowid), 0) from {table}"));

    private static List<StoredRow> Read(SqliteConnection connection, Dictionary<string, long> before, Guid shipment)
    {
        var seq = Scalar(connection, $"select seq from shipments where shipment_id = '{shipment:D}'");
        return [StoredRow.Of(connection, "shipments", seq - 1)[0], .. Tables.SelectMany(table => StoredRow.Of(connection, table, before[table]))];
    }

    // CA2100: every text is made here.
#pragma warning disable CA2100
    private static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        return (long)command.ExecuteScalar()!;
    }
#pragma warning restore CA2100
}
