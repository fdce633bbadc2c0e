using System.Globalization;
using System.Reflection;

namespace OrderTracking.SqlServer.Tests.Schema;

/// <summary>
/// A text that is let in fits: every text of people's that ends somewhere on SQL Server names the limit callers are held to. What is too
/// long is refused where it comes in, and never cut or answered by an error of the database.
/// </summary>
public sealed class LengthTests
{
    private const string Name = "Wire.Limits.NameCharactersMax";
    private const string Part = "Wire.Limits.PartNumberCharactersMax";
    private const string Family = "Wire.Limits.FamilyCharactersMax";
    private const string Subject = "BuildingBlocks.Grpc.Actor.SubjectCharactersMax";
    private const string Vendor = "ComplianceService.Catalog.PartStatements.VendorCharactersMax";
    private const string Key = "ComplianceService.KeyText.CharactersMax";
    private const string Reference = "ComplianceService.Licences.Exceptions.RecordNotification.ReferenceCharactersMax";

    // The column, where need be with its table, and what its texts are held to.
    private static readonly Dictionary<string, string> Limits = new(StringComparer.Ordinal)
    {
        ["actor"] = Subject,
        ["owner"] = Subject,
        ["opened_by"] = Subject,
        ["proposed_by"] = Subject,
        ["decided_by"] = Subject,
        ["reviewed_by"] = Subject,
        ["revoked_by"] = Subject,
        ["registered_by"] = Subject,
        ["stated_by"] = Subject,
        ["suspended_by"] = Subject,
        ["recorded_by"] = Subject,
        ["answered_by"] = Subject,
        ["placed_by"] = Subject,
        ["lift_proposed_by"] = Subject,
        ["lifted_by"] = Subject,
        ["imported_by"] = Subject,
        ["date_changes.source"] = Subject,
        ["part_number"] = Part,
        ["family"] = Family,
        ["vendor"] = Vendor,
        ["purchaser"] = Name,
        ["buyer"] = Name,
        ["customer"] = Name,
        ["consignee_name"] = Name,
        ["party_name"] = Name,
        ["licence_parties.name"] = Name,
        ["shipment_parties.name"] = Name,
        ["order_terms.value"] = Name,
        ["decision_terms.value"] = Subject,
        ["shipment_parties.address"] = "Wire.Limits.AddressCharactersMax",
        ["consignee_key"] = Key,
        ["party_key"] = Key,
        ["name_key"] = Key,
        ["record_keys.value"] = Key,
        ["carrier"] = "ShipmentService.ShipmentLimits.CarrierCharactersMax",
        ["tracking_number"] = "ShipmentService.ShipmentLimits.TrackingNumberCharactersMax",
        ["location"] = "ShipmentService.ShipmentLimits.LocationCharactersMax",
        ["source_uri"] = "ComplianceService.Lists.Snapshots.ImportList.SourceCharactersMax",
        ["listed_name"] = "ComplianceService.Lists.ListStore.ListedNameCharactersMax",
        ["entry"] = "ComplianceService.Lists.Parsing.ConsolidatedShape.IdCharactersMax",
        ["licences.number"] = "ComplianceService.Licences.LicenceStatement.NumberCharactersMax",
        ["authority"] = "ComplianceService.Licences.LicenceStatement.AuthorityCharactersMax",
        ["control_paragraph"] = "ComplianceService.Licences.LicenceLines.ParagraphCharactersMax",
        ["reference"] = Reference,
        ["answer_reference"] = Reference,
    };

    // Words of the code's own: names of methods, consumers, types, kinds, actions, reasons and resources.
    private static readonly string[] Made =
        ["method", "consumer", "type", "jobs.kind", "action", "outcome", "subject", "holds.reason", "shipment_reasons.reason"];

    [Theory]
    [MemberData(nameof(DatabaseSource.Names), MemberType = typeof(DatabaseSource))]
    public void What_is_let_in_fits(string database)
    {
        foreach (var (table, shape) in SqlServerShapes.Of(FoldedSchema.Of(DatabaseSource.Of(database).Migrations("sqlserver"))))
            foreach (var (column, one) in shape.Columns)
                if (LengthOf(one.Type) is { } length)
                    Assert.Null(Fault(table, column, length));
    }

    [Theory]
    [InlineData("orders", "purchaser", 199, "orders.purchaser takes 199 characters")]
    [InlineData("orders", "colour", 200, "orders.colour ends somewhere")]
    [InlineData("orders", "purchaser", 200, null)]
    public void A_column_that_is_too_short_or_has_no_limit_is_found(string table, string column, int length, string? fault)
    {
        var found = Fault(table, column, length);
        Assert.Equal(fault is null, found is null);
        Assert.StartsWith(fault ?? "", found ?? "", StringComparison.Ordinal);
    }

    // A reference of people's to a paper is as long as any: the longest document number fits into a term.
    [Fact]
    public void Terms_of_orders_take_the_longest_of_their_kinds() =>
        Assert.True(LimitOf(Name) >= Math.Max(LimitOf("OrderService.OrderLimits.DocumentNumberCharactersMax"), LimitOf(Part)));

    private static string? Fault(string table, string column, int length)
    {
        if (Made.Contains(column) || Made.Contains($"{table}.{column}"))
            return null;
        if (!Limits.TryGetValue($"{table}.{column}", out var limit) && !Limits.TryGetValue(column, out limit))
            return $"{table}.{column} ends somewhere, and no limit says that what is let in does.";
        return length >= LimitOf(limit)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{table}.{column} takes {length} characters, {limit} lets {LimitOf(limit)} in.");
    }

    // Texts of nvarchar are people's; what the code makes itself is varchar.
    private static int? LengthOf(string type) => type.Split('(', ')') is ["nvarchar", var length, _] && length != "max"
        ? int.Parse(length, CultureInfo.InvariantCulture)
        : null;

    private static int LimitOf(string constant)
    {
        var (type, name) = (constant[..constant.LastIndexOf('.')], constant[(constant.LastIndexOf('.') + 1)..]);
        var field = Assembly.Load($"OrderTracking.{constant.Split('.')[0]}").GetType($"OrderTracking.{type}", throwOnError: true)!
            .GetField(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic);
        return Convert.ToInt32(field?.GetRawConstantValue() ?? throw new InvalidOperationException($"There is no {constant}."), CultureInfo.InvariantCulture);
    }
}
