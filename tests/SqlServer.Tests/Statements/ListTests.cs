using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.SqlServer.Tests.Schema;
using OrderTracking.Statements;

namespace OrderTracking.SqlServer.Tests.Statements;

/// <summary>
/// Lists can be filtered by each of their fields and ordered by some, in more ways than tests run: each way is compiled, in the place of
/// the way that was recorded.
/// </summary>
public sealed partial class ListTests
{
    // Where the fields are declared, and the statement that reads the list: its file and a piece of it that no other list has.
    private static readonly Dictionary<string, (string File, string Piece, string Seq)> Lists = new(StringComparer.Ordinal)
    {
        ["OrderService.Orders.ListOrders.Fields"] = ("orders", "\nfrom orders o\n", "o.seq"),
        ["ShipmentService.Shipments.ListShipments.Fields"] = ("shipments", " as OrderKey\nfrom shipments s\n", "s.seq"),
        ["BuildingBlocks.Jobs.ReadOperations`1.Fields"] = ("every-database", " from jobs where 1 = 1", "seq"),
        ["BuildingBlocks.Messaging.DeadLetters.ReadDeadLetters.Fields"] = ("every-database", " from dead_letters where 1 = 1", "seq"),
        ["ComplianceService.Holds.ReadHolds.Fields"] = ("compliance", "\nfrom holds where 1 = 1", "seq"),
        ["ComplianceService.Lists.Clearances.ReadClearances.Fields"] = ("compliance", " as OrderKey from clearances\n", "seq"),
        ["ComplianceService.Lists.Snapshots.ReadSnapshots.Fields"] = ("compliance", " as OrderKey from list_snapshots\n", "seq"),
        ["ComplianceService.Lists.Snapshots.ReadSnapshots.ChangeFields"] = ("compliance", " as OrderKey from list_changes c\n", "c.seq"),
        ["ComplianceService.Lists.Snapshots.ReadEntries.Fields"] = ("compliance", " as OrderKey from list_spans s ", "s.seq"),
        ["ComplianceService.Rules.ReadRules.Fields"] = ("compliance", " from rules where 1 = 1", "seq"),
        ["ComplianceService.Releases.ReadReleases.Fields"] = ("compliance", "\nfrom releases join holds on ", "releases.seq"),
        ["ComplianceService.Catalog.ReadParts.Fields"] = ("compliance", " from parts where 1 = 1", "seq"),
        ["ComplianceService.Licences.ReadLicences.Fields"] = ("compliance", ") listed where 1 = 1", "seq"),
        ["ComplianceService.Licences.Changes.ReadHistory.MovementFields"] = ("compliance", " as OrderKey\nfrom licence_movements where ", "sequence"),
        ["ComplianceService.Licences.Changes.ReadHistory.VersionFields"] = ("compliance", "\nfrom licence_versions where ", "seq"),
        ["ComplianceService.Impact.ReadImpactRows.Fields"] = ("compliance", " from impact_rows where job_id = @job and 1 = 1", "seq"),
        ["ComplianceService.Permits.ReadPermits.Fields"] = ("compliance", " as OrderKey\nfrom permits where 1 = 1", "seq"),
        ["ComplianceService.Audit.ReadTrail.Fields"] = ("compliance", " as OrderKey\nfrom audit_chain where 1 = 1", "seq"),
        ["ComplianceService.Decisions.ReadDecisions.Fields"] = ("compliance", " as OrderKey, body as Body\nfrom decisions where 1 = 1", "seq"),
    };

    // Parts of the fields of another list.
    private static readonly string[] Parts = ["OrderService.Orders.OrderTerms.Fields", "ComplianceService.Decisions.DecisionTerms.Fields"];

    public static TheoryData<string> Names => [.. Lists.Keys];

    [Fact]
    public void Every_list_is_known_here()
    {
        var declared = DatabaseSource.All.SelectMany(source => source.Assemblies).Distinct().SelectMany(Declared).Order(StringComparer.Ordinal);
        Assert.Equal(Lists.Keys.Concat(Parts).Order(StringComparer.Ordinal), declared);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_way_to_filter_and_order_a_list_compiles(string list)
    {
        var (file, piece, seq) = Lists[list];
        var read = StatementFile.Read(file).Where(one => one.Text.Contains(piece, StringComparison.Ordinal)).MinBy(one => one.Text.Length);
        Assert.True(read is not null, $"No statement was recorded that reads {list}.");
        var ways = Ways(FieldsOf(list)).Select(way => In(read, way, seq)).ToList();
        Assert.Empty(Compilation.Faults(ways, file == "every-database" ? "orders" : file));
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ways.Count} statements"));
    }

    private static IEnumerable<ListQuery> Ways(IReadOnlyList<ListField> fields)
    {
        foreach (var field in fields)
            foreach (var comparison in field.Kind == ListFieldKind.Flag ? (string[])["=", "!="] : ["=", "!=", "<", ">="])
                yield return ListQuery.Parse(1, "", $"{field.Name} {comparison} {Sample(field.Kind)}", "", fields, "");
        foreach (var field in fields.Where(field => field.Sortable))
            foreach (var order in (string[])[field.Name, $"{field.Name} desc"])
            {
                var first = ListQuery.Parse(1, "", "", order, fields, "");
                yield return first;
                yield return ListQuery.Parse(1, first.NextToken<object>([1, 2], _ => Stored(field), _ => 1), "", order, fields, "");
            }
    }

    private static SqlServerForm In(SqlServerForm read, ListQuery way, string seq)
    {
        var sql = way.Sql(seq);
        var text = Filters().Replace(read.Text, sql.Where);
        var types = sql.Parameters.ParameterNames.ToDictionary(name => name, name => sql.Parameters.Get<object>(name).GetType(), StringComparer.Ordinal);
        return SqlServerForm.Of(Order().Replace(text, sql.OrderBy + " offset"), Known(read, types));
    }

    // The parameters of the recorded statement are declared as they were.
    private static Dictionary<string, Type> Known(SqlServerForm read, Dictionary<string, Type> types)
    {
        foreach (var name in read.Parameters.Select(one => one.Split(' ')[0][1..]))
            types.TryAdd(name, typeof(object));
        return types;
    }

    private static string Sample(ListFieldKind kind) => kind switch
    {
        ListFieldKind.Number => "1",
        ListFieldKind.Date => "2025-04-09",
        ListFieldKind.Instant => "\"2025-04-09T00:00:00Z\"",
        ListFieldKind.Flag => "true",
        _ => "x",
    };

    private static object Stored(ListField field) => field.Kind switch
    {
        ListFieldKind.Number or ListFieldKind.Flag => 1L,
        ListFieldKind.Date => "2025-04-09",
        ListFieldKind.Instant => "2025-04-09T00:00:00.0000000Z",
        _ => "x",
    };

    private static IReadOnlyList<ListField> FieldsOf(string list)
    {
        var type = Assembly.Load($"OrderTracking.{list.Split('.')[0]}").GetType($"OrderTracking.{list[..list.LastIndexOf('.')]}", throwOnError: true)!;
        // Of every database alike: one will do.
        if (type.IsGenericTypeDefinition)
            type = type.MakeGenericType(Assembly.Load("OrderTracking.OrderService").GetType("OrderTracking.OrderService.OrdersDb", throwOnError: true)!);
        var field = type.GetField(list[(list.LastIndexOf('.') + 1)..], BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!;
        return [.. ((IEnumerable)field.GetValue(null)!).Cast<ListField>()];
    }

    private static IEnumerable<string> Declared(Assembly assembly) =>
        assembly.GetTypes().SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
            .Where(field => field.FieldType.IsAssignableTo(typeof(IEnumerable<ListField>)) && type.FullName!.All(letter => letter is not ('<' or '+')))
            .Select(field => $"{type.FullName!["OrderTracking.".Length..]}.{field.Name}"));

    // What a list query says of rows, up to what the list itself adds.
    [GeneratedRegex(@"1 = 1( and [^()]*@(filter|after)\w+)*")]
    private static partial Regex Filters();

    [GeneratedRegex(@"order by [\w.]+ (asc|desc)(, [\w.]+ (asc|desc))? offset")]
    private static partial Regex Order();
}
