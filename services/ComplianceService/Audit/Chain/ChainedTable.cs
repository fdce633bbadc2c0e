using System.Globalization;
using OrderTracking.AuditTrail;

namespace OrderTracking.ComplianceService.Audit.Chain;

/// <summary>A table whose rows the chain vouches for, and how a row becomes the text its digest is made of.</summary>
/// <param name="Kind">The kind of its entries.</param>
/// <param name="Table">What is selected from, joined with what names the shipment where the table does not.</param>
/// <param name="Columns">The columns of the text, in its order. A column that other writers move without a record, such as a copy of a date, is none.</param>
/// <param name="StateColumn">The column that says what became of the row.</param>
/// <param name="Key">The condition that finds one row.</param>
/// <param name="After">The condition of a batch that goes on behind a cursor.</param>
/// <param name="Order">The order of batches.</param>
/// <param name="NameOf">The resource name of a row.</param>
internal sealed record ChainedTable(
    ChainKind Kind,
    string Table,
    IReadOnlyList<string> Columns,
    string StateColumn,
    string Key,
    string After,
    string Order,
    Func<IReadOnlyDictionary<string, object?>, string> NameOf)
{
    public static ChainedTable Holds { get; } = new(
        ChainKind.Hold,
        "holds t",
        [
            "t.hold_id", "t.shipment", "t.order_name", "t.origin", "t.reason", "t.hold_class", "t.state", "t.lapsed", "t.effect",
            "t.review_policy", "t.missing_facts", "t.explanation", "t.citation", "t.amendment", "t.decision_id", "t.owner", "t.opened_by", "t.close_reason", "t.created_at",
        ],
        "state",
        "t.hold_id = @id",
        "t.seq > @seq",
        "t.seq",
        row => $"holds/{row["hold_id"]}");

    public static ChainedTable Releases { get; } = new(
        ChainKind.Release,
        "releases t join holds h on h.hold_id = t.hold_id",
        [
            "t.release_id", "t.hold_id", "h.shipment", "h.order_name", "t.state", "t.reason_code", "t.note", "t.licence_id",
            "t.first_ship_date", "t.last_ship_date", "t.proposed_by", "t.decided_by", "t.decided_at", "t.close_reason", "t.facts_digest",
            "t.amendment", "t.effect", "t.facts", "t.changes", "t.expires_at", "t.version", "t.created_at", "t.updated_at",
        ],
        "state",
        "t.release_id = @id",
        "t.seq > @seq",
        "t.seq",
        row => $"holds/{row["hold_id"]}/releases/{row["release_id"]}");

    public static ChainedTable Permits { get; } = new(
        ChainKind.Permit,
        "permits t",
        [
            "t.permit_id", "t.request_id", "t.state", "t.shipment", "t.order_name", "t.shipment_revision", "t.ship_date", "t.decision_id",
            "t.licence_ids", "t.revoke_reason", "t.revoked_at", "t.version", "t.created_at", "t.updated_at",
        ],
        "state",
        "t.permit_id = @id",
        "t.seq > @seq",
        "t.seq",
        row => $"permits/{row["permit_id"]}");

    public static ChainedTable LicenceMovements { get; } = new(
        ChainKind.LicenceMovement,
        "licence_movements t",
        [
            "t.licence_id", "t.sequence", "t.kind", "t.line_number", "t.quantity", "t.currency", "t.value_minor", "t.shipment_id", "t.reason",
            "t.created_at",
        ],
        "kind",
        "t.licence_id = @id and t.sequence = @sequence",
        "(t.licence_id > @licence or (t.licence_id = @licence and t.sequence > @seq))",
        "t.licence_id, t.sequence",
        row => $"licences/{row["licence_id"]}/movements/{Number(row["sequence"])}");

    public static ChainedTable Amendments { get; } = new(
        ChainKind.Amendment,
        "amendments t",
        [
            "t.id", "t.[rule]", "t.number", "t.position", "t.title", "t.definition", "t.digest", "t.state", "t.recorded_at", "t.proposed_by",
            "t.decided_by", "t.note", "t.tests", "t.tests_digest", "t.base_change", "t.reviewed_by", "t.reviewed_at", "t.review_note",
            "t.version", "t.created_at", "t.updated_at",
        ],
        "state",
        "t.[rule] = @rule and t.number = @number",
        "t.seq > @seq",
        "t.seq",
        row => $"rules/{row["rule"]}/amendments/{Number(row["number"])}");

    public static IReadOnlyList<ChainedTable> All { get; } = [Holds, Releases, Permits, LicenceMovements, Amendments];

    public string SelectOne { get; } = $"select {string.Join(", ", Columns)} from {Table} where {Key}";

    public string SelectAll { get; } = $"select {string.Join(", ", Columns)} from {Table} order by {Order}";

    /// <summary>Rows behind the cursor, with the place they are read on from.</summary>
    public string SelectBatch { get; } =
        $"select {string.Join(", ", Columns)}, t.{(Order == "t.seq" ? "seq" : "sequence")} as batch_seq from {Table} where {After} order by {Order}";

    /// <summary>The text of a row: every column as it is stored.</summary>
    public string TextOf(IReadOnlyDictionary<string, object?> row)
    {
        var text = new RecordText($"{Codes<ChainKind>.Of(Kind).ToLowerInvariant()} 1");
        foreach (var column in Columns)
        {
            var name = column[(column.IndexOf('.', StringComparison.Ordinal) + 1)..].Trim('[', ']');
            text.Add(name, Text(name, row[name]));
        }

        return text.ToString();
    }

    // A server has types for what SQLite keeps as text: the text of a row is the same on both. Instants are the columns that end in _at.
    /// <summary>A value as it is hashed.</summary>
    public static string? Text(string column, object? value) => value switch
    {
        null => null,
        DateTime instant when column.EndsWith("_at", StringComparison.Ordinal) => RecordText.Instant(new DateTimeOffset(instant, TimeSpan.Zero)),
        DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static string? Number(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture);
}
