using System.Globalization;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Licences;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;
using WireCountries = OrderTracking.Wire.Countries;

namespace OrderTracking.ComplianceService.Outlook.Expedite;

/// <summary>What is to be listed, and where to go on from.</summary>
/// <param name="LeadDays">Handling and carrier together.</param>
internal sealed record ExpediteRequest(
    int PageSize, ExpeditePlace? After, string? PartNumber, string? DestinationCountry, string? CustomerKey, Guid? Order, int LeadDays, string Digest)
{
    private const int DaysMax = 365;

    /// <exception cref="Refusal">INVALID_ARGUMENT with everything that is wrong.</exception>
    public static ExpediteRequest Parse(V1.ListExpeditableRequest request)
    {
        var violations = new Violations();
        if (request.PageSize < 0)
            violations.Add("page_size", BuildingReasons.PageSizeNegative, Text(request.PageSize), "0 or more");
        var part = request.PartNumber.Length == 0 ? null : WireItem.ParsePartNumber(request.PartNumber, "part_number", violations);
        var destination = request.DestinationCountry.Length == 0
            ? null
            : WireCountries.Parse(request.DestinationCountry, "destination_country", violations);
        var customer = WireText.ParseOptional(request.Customer, "customer", Limits.NameCharactersMax, violations);
        var order = request.Order.Length == 0 ? null : WireName.Parse(request.Order, Names.Orders, "order", violations);
        CheckDays(request.HandlingDays, "handling_days", violations);
        CheckDays(request.CarrierLeadDays, "carrier_lead_days", violations);
        var digest = ExpeditePlace.DigestOf(request);
        var after = request.PageToken.Length == 0 ? null : ExpeditePlace.Read(request.PageToken, digest, violations);
        violations.ThrowIfAny();
        var size = request.PageSize == 0 ? ListQuery.PageSizeDefault : Math.Min(request.PageSize, ListQuery.PageSizeMax);
        return new ExpediteRequest(
            size, after, part, destination, customer is null ? null : LicenceParty.KeyOf(customer), order,
            request.HandlingDays + request.CarrierLeadDays, digest);
    }

    public bool Wants(ShipmentFacts facts) =>
        (DestinationCountry is null || facts.DestinationCountry == DestinationCountry)
        && (CustomerKey is null || LicenceParty.KeyOf(CustomerOf(facts)) == CustomerKey);

    /// <summary>The purchaser; where none is named the ultimate consignee, else the end user, else whoever is named.</summary>
    public static string CustomerOf(ShipmentFacts facts)
    {
        foreach (var role in (ReadOnlySpan<PartyRole>)[PartyRole.Purchaser, PartyRole.UltimateConsignee, PartyRole.EndUser])
            foreach (var party in facts.Parties)
                if (party.Role == role)
                    return party.Name;
        return facts.Parties.Count == 0 ? "" : facts.Parties[0].Name;
    }

    private static void CheckDays(int days, string field, Violations violations)
    {
        if (days is < 0 or > DaysMax)
            violations.Add(field, OutlookReasons.DaysOutOfRange, Text(days), $"0 to {Text(DaysMax)}");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
