using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Lists.Matching;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Shipments;

/// <summary>The parties of shipments as rows, so that a changed list entry finds the shipments it may touch.</summary>
internal static class ShipmentParties
{
    private const string InsertSql = """
        insert into shipment_parties (shipment_id, name, name_key, country, headquarters_country, address)
        values (@ShipmentId, @Name, @NameKey, @Country, @HeadquartersCountry, @Address)
        """;

    /// <summary>Writes the parties of a shipment in the place of those it had.</summary>
    public static async Task Replace(Tx tx, Guid shipmentId, IReadOnlyList<Party> parties)
    {
        await tx.Execute("delete from shipment_parties where shipment_id = @shipmentId", new { shipmentId });
        await Add(tx, shipmentId, parties);
    }

    /// <summary>Writes the parties of a shipment that has none yet.</summary>
    public static async Task Add(Tx tx, Guid shipmentId, IReadOnlyList<Party> parties)
    {
        foreach (var row in parties.Select(PartyRow.Of).DistinctBy(row => (row.Name, row.Country, row.HeadquartersCountry, row.Address)))
            await tx.Execute(
                InsertSql, new { ShipmentId = shipmentId, row.Name, NameKey = NameKey.Strict(row.Name), row.Country, row.HeadquartersCountry, row.Address });
    }

    private const string DistinctSql = """
        select max(p.seq) as Seq, p.name as Name, p.country as Country, p.headquarters_country as HeadquartersCountry, p.address as Address
        from shipment_parties p join shipments s on s.shipment_id = p.shipment_id
        where s.phase in ('OPEN', 'PERMITTED') and p.seq > @after
        group by p.name, p.country, p.headquarters_country, p.address
        """;

    /// <summary>The parties of shipments that have not left, each once.</summary>
    /// <param name="after">Only those of rows with a higher seq.</param>
    public static Task<IReadOnlyList<PartyRow>> Open(Tx tx, long after) => tx.Query<PartyRow>(DistinctSql, new { after });

    private const string DueOfPartySql = """
        update shipments set decide_again_at = @now
        where phase in ('OPEN', 'PERMITTED') and (decide_again_at is null or decide_again_at > @now)
            and shipment_id in (
                select shipment_id from shipment_parties
                where name = @Name and country = @Country and headquarters_country = @HeadquartersCountry and address = @Address)
        """;

    /// <summary>Has the shipments of a party that have not left decided again now.</summary>
    public static Task<int> MakeDue(Tx tx, PartyRow party, DateTimeOffset now) =>
        tx.Execute(DueOfPartySql, new { now, party.Name, party.Country, party.HeadquartersCountry, party.Address });

    private const string DueOfKeySql = """
        update shipments set decide_again_at = @now
        where phase in ('OPEN', 'PERMITTED') and (decide_again_at is null or decide_again_at > @now)
            and shipment_id in (select shipment_id from shipment_parties where name_key = @key and country = @country)
        """;

    /// <summary>Has the shipments of every party with this name, but for case and punctuation, decided again now.</summary>
    public static Task<int> MakeDue(Tx tx, string key, string country, DateTimeOffset now) => tx.Execute(DueOfKeySql, new { key, country, now });

    private const string WithoutSql = """
        select seq as Seq, shipment_id as ShipmentId, facts as Facts from shipments
        where phase in ('OPEN', 'PERMITTED') and seq > @after
            and not exists (select 1 from shipment_parties p where p.shipment_id = shipments.shipment_id)
        order by seq
        """;

    /// <summary>Shipments known from before there were rows of parties, a batch.</summary>
    public static Task<IReadOnlyList<ShipmentRow>> Without(Tx tx, long after, int take) =>
        tx.Query<ShipmentRow>($"{WithoutSql} {tx.Dialect.Page()}", new { after, take });
}

/// <summary>A party as it is matched, without its part in the shipment.</summary>
internal sealed class PartyRow
{
    public long Seq { get; init; }

    public string Name { get; init; } = "";

    public string Country { get; init; } = "";

    public string HeadquartersCountry { get; init; } = "";

    /// <summary>Blank: not stated.</summary>
    public string Address { get; init; } = "";

    public static PartyRow Of(Party party) => new()
    {
        Name = party.Name,
        Country = party.Country,
        HeadquartersCountry = party.HeadquartersCountry,
        Address = party.Address ?? "",
    };

    /// <summary>The part it plays takes no part in matching.</summary>
    public Party ToParty() => new(PartyRole.EndUser, Name, Country, HeadquartersCountry, Address: Address.Length == 0 ? null : Address);
}
