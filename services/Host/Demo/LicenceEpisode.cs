using OrderTracking.Compliance.V1;
using OrderTracking.Shipments.V1;

namespace OrderTracking.Host.Demo;

/// <summary>A licence is registered, and two officers release one shipment under it.</summary>
internal sealed class LicenceEpisode(Cast cast, CancellationToken stopping)
{
    private string _licence = "";

    public async Task Register(Shipment shipment)
    {
        var licence = new Licence
        {
            Number = "DEMO-0001",
            Authority = "BIS (made up for the demo)",
            Licensee = shipment.Exporter,
            ValidFrom = new DateOnly(2025, 5, 7).ToWire(),
            ValidTo = new DateOnly(2025, 12, 31).ToWire(),
            Conditions = "Made up for the demo.",
        };
        licence.Rules.Add("US-2025-04-NVIDIA-LETTER");
        licence.DestinationCountries.Add(shipment.DestinationCountry);
        licence.Parties.Add(shipment.Parties.Select(party => new LicenceParty { Name = party.Name, Country = party.Country }).Distinct());
        licence.Lines.Add(new LicenceLine { PartNumber = shipment.Item.PartNumber, Quantity = shipment.Quantity, Value = shipment.Value });
        var registered = await cast.Ana.Licences.RegisterLicenceAsync(
            new RegisterLicenceRequest { Licence = licence }, cancellationToken: stopping);
        _licence = registered.Name;
    }

    public async Task Release(Shipment shipment)
    {
        var holds = await cast.Olivia.Holds.ListHoldsAsync(
            new ListHoldsRequest { Filter = $"""shipment = "{shipment.Name}" AND state = "OPEN" """ }, cancellationToken: stopping);
        foreach (var hold in holds.Holds)
        {
            var release = await cast.Olivia.Holds.ProposeReleaseAsync(
                new ProposeReleaseRequest { Hold = hold.Name, ReasonCode = "LICENCE", Note = "Covered.", Licence = _licence },
                cancellationToken: stopping);
            await cast.Otto.Holds.ApproveReleaseAsync(
                new ApproveReleaseRequest { Name = release.Name, Note = "Checked against the licence." }, cancellationToken: stopping);
        }
    }
}
