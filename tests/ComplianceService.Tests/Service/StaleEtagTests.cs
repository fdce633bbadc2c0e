using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.Types.V1;
using Xunit;
using CatalogueApi = OrderTracking.Compliance.V1.CatalogueService;
using RulesApi = OrderTracking.Compliance.V1.RuleService;

namespace OrderTracking.ComplianceService.Tests.Service;

/// <summary>Who read something older than what stands now decides on nothing. Methods whose own tests ask for it are not asked again here.</summary>
public sealed class StaleEtagTests
{
    private const string Stale = "\"999\"";

    [Fact]
    public async Task Nothing_is_decided_by_who_read_something_else()
    {
        await using var host = await ComplianceHost.Start("2025-05-01T12:00:00Z");
        var staff = new Staff(host);
        var hold = await (await Goods.Plan(host, "H20", "2025-05-20")).Held("US-2025-04-NVIDIA-LETTER");
        var licence = await staff.Register(hold.Reason);
        await Refuses(() => staff.Olga.AssignHoldAsync(new AssignHoldRequest { Name = hold.Name, Owner = "olga", Etag = Stale }));
        await Refuses(() => staff.Olga.ProposeReleaseAsync(new ProposeReleaseRequest(Staff.Proposal(hold, "LICENCE", licence.Name)) { Etag = Stale }));

        var release = await staff.Olga.ProposeReleaseAsync(Staff.Proposal(hold, "LICENCE", licence.Name));
        await Refuses(() => staff.Omar.ApproveReleaseAsync(new ApproveReleaseRequest { Name = release.Name, Etag = Stale }));
        await Refuses(() => staff.Omar.RejectReleaseAsync(new RejectReleaseRequest { Name = release.Name, Note = "no", Etag = Stale }));

        var draft = await staff.Propose("T-STALE", "destination: [SE]", TestCases.Facts("SE", Goods.Day("2025-06-01")));
        var rules = host.As<RulesApi.RuleServiceClient>("olga", "officer");
        await Refuses(() => rules.ReviewAmendmentAsync(new ReviewAmendmentRequest { Name = draft.Name, Note = "read", Etag = Stale }));
        await Refuses(() => rules.PublishAmendmentAsync(new PublishAmendmentRequest { Name = draft.Name, Etag = Stale }));
        await Refuses(() => rules.RejectAmendmentAsync(new RejectAmendmentRequest { Name = draft.Name, Note = "no", Etag = Stale }));

        var parts = host.As<CatalogueApi.CatalogueServiceClient>("olga", "officer");
        var proposed = await host.As<CatalogueApi.CatalogueServiceClient>("ana", "analyst").RegisterPartAsync(new RegisterPartRequest
        {
            PartNumber = "NEW-1",
            Statement = new PartStatement { Family = "NEW", Vendor = "NVIDIA", Facts = new ItemFacts { Tpp = 1 }, Source = "a data sheet", Certainty = Certainty.Confirmed },
        });
        await Refuses(() => parts.ApprovePartRevisionAsync(new ApprovePartRevisionRequest { Name = proposed.Name, Etag = Stale }));
        await Refuses(() => parts.RejectPartRevisionAsync(new RejectPartRevisionRequest { Name = proposed.Name, Note = "no", Etag = Stale }));
    }

    private static async Task Refuses<T>(Func<AsyncUnaryCall<T>> call)
    {
        var refused = await Refused.By(() => call().ResponseAsync);
        Assert.Equal((StatusCode.Aborted, "ETAG_MISMATCH"), (refused.Code, refused.Reason));
    }
}
