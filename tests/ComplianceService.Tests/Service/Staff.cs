using OrderTracking.Compliance.V1;
using HoldsApi = OrderTracking.Compliance.V1.HoldService;
using LicencesApi = OrderTracking.Compliance.V1.LicenceService;
using RulesApi = OrderTracking.Compliance.V1.RuleService;

namespace OrderTracking.ComplianceService.Tests.Service;

/// <summary>Compliance staff at their desks: an analyst and two officers.</summary>
internal sealed class Staff(ComplianceHost host)
{
    private static readonly DateOnly AnyDay = Goods.Day("2025-03-01");

    public HoldsApi.HoldServiceClient Ana { get; } = host.As<HoldsApi.HoldServiceClient>("ana", "analyst");

    public HoldsApi.HoldServiceClient Olga { get; } = host.As<HoldsApi.HoldServiceClient>("olga", "officer");

    public HoldsApi.HoldServiceClient Omar { get; } = host.As<HoldsApi.HoldServiceClient>("omar", "officer");

    public static ProposeReleaseRequest Proposal(Hold hold, string code, string licence = "") =>
        new() { Hold = hold.Name, ReasonCode = code, Note = "looked at", Licence = licence };

    /// <summary>Proposed by one officer, approved by another.</summary>
    public async Task<Release> Settle(Hold hold, string code, string licence = "")
    {
        var proposed = await Olga.ProposeReleaseAsync(Proposal(hold, code, licence));
        return await Omar.ApproveReleaseAsync(new ApproveReleaseRequest { Name = proposed.Name });
    }

    /// <summary>A licence for H20 to the end user of <see cref="Goods"/>.</summary>
    public async Task<Licence> Register(string rule, long quantity = 1_000, string family = "H20", string validTo = "2025-12-31", string party = "Aurora Systems")
    {
        var licence = new Licence
        {
            Number = $"D-{Guid.CreateVersion7():N}",
            Authority = "BIS",
            Licensee = "NVIDIA",
            ValidFrom = Goods.WireDay(Goods.Day("2025-01-01")),
            ValidTo = Goods.WireDay(Goods.Day(validTo)),
        };
        licence.Rules.Add(rule);
        licence.Lines.Add(new LicenceLine { Family = family, Quantity = quantity });
        licence.Parties.Add(new LicenceParty { Name = party, Country = "CN" });
        licence.DestinationCountries.Add("CN");
        return await host.As<LicencesApi.LicenceServiceClient>("ana", "analyst").RegisterLicenceAsync(new RegisterLicenceRequest { Licence = licence });
    }

    public async Task<LicenceLine> Balance(Licence licence) =>
        (await host.As<LicencesApi.LicenceServiceClient>("ana", "analyst").GetLicenceAsync(new GetLicenceRequest { Name = licence.Name })).Licence.Lines[0];

    /// <summary>Publishes a rule that wants a licence for every shipment to a country, by two people.</summary>
    public async Task<Amendment> Forbid(string rule, string destination) => 
        await Publish(await Propose(rule, $"destination: [{destination}]", TestCases.Facts(destination, AnyDay)));

    /// <param name="scope">Which shipments it is about, such as <c>exporter: NVIDIA</c>.</param>
    /// <param name="hit">A shipment it is about, and that no other rule is about.</param>
    public async Task<Amendment> Propose(string rule, string scope, ShipmentFacts hit) =>
        await host.As<RulesApi.RuleServiceClient>("carl", "counsel").ProposeAmendmentAsync(new ProposeAmendmentRequest
        {
            Rule = $"rules/{rule}",
            Title = "A rule of the test",
            Definition = $$"""
                status: IN_FORCE
                effective: always
                scope: { {{scope}} }
                item: any
                policy: CASE_BY_CASE
                citation: none, a test
                source: none, a test
                certainty: unconfirmed
                sentence: Such a shipment needs a licence.
                """,
            Tests = { TestCases.Both(hit, "CASE_BY_CASE") },
        });

    public async Task<Amendment> Publish(Amendment proposed) =>
        await host.As<RulesApi.RuleServiceClient>("olga", "officer").PublishAmendmentAsync(new PublishAmendmentRequest { Name = proposed.Name });
}
