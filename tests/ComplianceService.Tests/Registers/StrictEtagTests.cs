using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Service;
using OrderTracking.Types.V1;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Registers;

public sealed class StrictEtagTests
{
    [Fact]
    public async Task A_strict_process_refuses_writes_on_rules_and_parts_without_an_etag()
    {
        await using var host = await ComplianceHost.Start("2027-01-01T00:00:00Z", ("Compliance:StrictEtags", "true"));
        var counsel = host.As<RuleService.RuleServiceClient>("carla", "counsel");
        var officer = host.As<RuleService.RuleServiceClient>("olaf", "officer");
        var parts = host.As<CatalogueService.CatalogueServiceClient>("olaf", "officer");
        var proposed = await counsel.ProposeAmendmentAsync(RulesOfTests.Proposal("T-STRICT", RulesOfTests.Restricting("SE", "2027-02-01")));
        var facts = new SupplyFactsRequest { Name = "parts/MI308X", Facts = new ItemFacts { Tpp = 1 }, Source = "data sheet", Certainty = Certainty.Secondary };

        await Asked.Refused(
            StatusCode.InvalidArgument, "ETAG_REQUIRED",
            async () => await officer.PublishAmendmentAsync(new PublishAmendmentRequest { Name = proposed.Name }));
        await Asked.Refused(
            StatusCode.InvalidArgument, "ETAG_REQUIRED",
            async () => await officer.RejectAmendmentAsync(new RejectAmendmentRequest { Name = proposed.Name, Note = "No." }));
        await Asked.Refused(StatusCode.InvalidArgument, "ETAG_REQUIRED", async () => await parts.SupplyFactsAsync(facts));
        var read = await parts.GetPartAsync(new GetPartRequest { Name = facts.Name });
        facts.Etag = read.Etag;
        await parts.SupplyFactsAsync(facts);
        await officer.PublishAmendmentAsync(new PublishAmendmentRequest { Name = proposed.Name, Etag = proposed.Etag });
    }
}
