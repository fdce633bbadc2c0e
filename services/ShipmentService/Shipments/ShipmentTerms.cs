using OrderTracking.Contracts;
using OrderTracking.Wire;

namespace OrderTracking.ShipmentService.Shipments;

/// <summary>What an order says about every one of its shipments.</summary>
internal sealed record ShipmentTerms(
    string Exporter,
    IReadOnlyList<PartyFacts> Parties,
    string DestinationCountry,
    string PlaceOfExportCountry,
    string PlaceOfExportTimeZone,
    string Movement)
{
    /// <summary>The calendar date at the place of export at an instant.</summary>
    public DateOnly DateAt(DateTimeOffset instant) => WirePlace.DateAt(instant, PlaceOfExportTimeZone);

    // A record compares a list by reference, which would make every amendment a change of parties.
    public bool Equals(ShipmentTerms? other) =>
        other is not null
        && Exporter == other.Exporter
        && Parties.SequenceEqual(other.Parties)
        && DestinationCountry == other.DestinationCountry
        && PlaceOfExportCountry == other.PlaceOfExportCountry
        && PlaceOfExportTimeZone == other.PlaceOfExportTimeZone
        && Movement == other.Movement;

    public override int GetHashCode() => HashCode.Combine(Exporter, Parties.Count, DestinationCountry, PlaceOfExportTimeZone, Movement);
}
