using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Licences;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Audit.Search;

/// <summary>Something a transaction is found by.</summary>
internal sealed record RecordKey(string Kind, string Value)
{
    public static RecordKey Party(string name) => new("PARTY", KeyText.Fit(LicenceParty.KeyOf(name)));

    public static RecordKey Country(string code) => new("COUNTRY", code);

    public static RecordKey Part(string number) => new("PART", number);

    /// <summary>Document numbers are compared like names: what is printed on paper has no case.</summary>
    public static RecordKey Document(string number) => new("DOCUMENT", KeyText.Fit(LicenceParty.KeyOf(number)));
}

/// <summary>The keys of transactions. A key stays once it was stated: a record is also found by what was wrong in it.</summary>
internal static class RecordKeys
{
    private const string SelectKeys = "select kind as Kind, value as Value from record_keys where order_name = @order";

    private const string InsertKey = "insert into record_keys (kind, value, order_name) values (@Kind, @Value, @order)";

    public static async Task Add(Tx tx, string order, IEnumerable<RecordKey> keys)
    {
        var known = (await tx.Query<KeyRow>(SelectKeys, new { order })).Select(row => new RecordKey(row.Kind, row.Value)).ToHashSet();
        foreach (var key in keys.Where(key => key.Value.Length > 0 && known.Add(key)))
            await tx.Execute(InsertKey, new { key.Kind, key.Value, order });
    }

    public static IEnumerable<RecordKey> Of(ShipmentFacts facts) =>
    [
        RecordKey.Country(facts.DestinationCountry),
        RecordKey.Part(facts.Item.PartNumber),
        .. facts.Parties.SelectMany(party => Of(party.Name, party.Country, party.HeadquartersCountry, party.UltimateParent?.Country)),
    ];

    public static IEnumerable<RecordKey> Of(string name, params IEnumerable<string?> countries) =>
        [RecordKey.Party(name), .. countries.OfType<string>().Select(RecordKey.Country)];

    private sealed class KeyRow
    {
        public string Kind { get; init; } = "";

        public string Value { get; init; } = "";
    }
}
