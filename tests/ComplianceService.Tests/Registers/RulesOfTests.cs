using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Screening;
using OrderTracking.ComplianceService.Tests.Service;
using OrderTracking.Types.V1;

namespace OrderTracking.ComplianceService.Tests.Registers;

/// <summary>Publishes amendments as two people do.</summary>
internal static class RulesOfTests
{
    public const string Author = "carla.counsel";
    public const string Publisher = "olaf.officer";

    public static ProposeAmendmentRequest Proposal(string rule, string definition) =>
        new() { Rule = $"rules/{rule}", Title = "A rule of the tests", Definition = definition, Tests = { TestCases.For(definition) } };

    public static async Task<Amendment> Propose(this RegistersHost host, string rule, string definition) =>
        await host.Rules(Author, "counsel").ProposeAmendmentAsync(Proposal(rule, definition));

    public static Task<Amendment> Publish(this RegistersHost host, string rule, string definition) =>
        host.Publish(rule, definition, TestCases.For(definition));

    public static async Task<Amendment> Publish(this RegistersHost host, string rule, string definition, IReadOnlyList<AmendmentTest> tests)
    {
        var proposal = new ProposeAmendmentRequest
        {
            Rule = $"rules/{rule}",
            Title = "A rule of the tests",
            Definition = definition,
            Tests = { tests },
        };
        var proposed = await host.Rules(Author, "counsel").ProposeAmendmentAsync(proposal);
        return await host.Rules(Publisher).PublishAmendmentAsync(
            new PublishAmendmentRequest { Name = proposed.Name, Digest = proposed.Digest });
    }

    /// <summary>A part of unremarkable facts, registered by one person and approved by another.</summary>
    public static async Task ApprovedPart(this RegistersHost host, string partNumber)
    {
        var proposed = await host.Parts(Author, "counsel").RegisterPartAsync(new RegisterPartRequest
        {
            PartNumber = partNumber,
            Statement = new PartStatement { Family = "PLAIN", Vendor = "NVIDIA", Facts = new ItemFacts { Tpp = 1 }, Source = "data sheet", Certainty = Certainty.Confirmed },
        });
        await host.Parts(Publisher).ApprovePartRevisionAsync(new ApprovePartRevisionRequest { Name = proposed.Name });
    }

    /// <summary>Holds every item to one destination on ship dates from a day on.</summary>
    public static string Restricting(string destination, string from) => Pack.InForce($"{{ from: {from} }}", destination);
}
