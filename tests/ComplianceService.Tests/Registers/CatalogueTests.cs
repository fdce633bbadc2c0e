using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.Types.V1;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Registers;

public sealed class CatalogueTests(RegistersHost host) : IClassFixture<RegistersHost>
{
    private const string Proposer = "anna.analyst";
    private const string Approver = "olaf.officer";

    [Fact]
    public async Task An_unknown_part_is_held_with_every_missing_fact_named_until_two_people_know_it()
    {
        var question = Asked.Check("NEW-1", "CN", "2026-06-01");
        var unknown = await host.Checks().CheckShipmentAsync(question);
        var proposed = await Register(
            "NEW-1",
            new ItemFacts { Tpp = 100, PerformanceDensity = 1, IoBandwidthGbps = 10, MemoryBandwidthGbps = 100, DesignedForDataCenter = true });
        var waiting = await host.Checks().CheckShipmentAsync(question);
        await Approve(proposed);
        var known = await host.Checks().CheckShipmentAsync(question);

        Assert.Equal(Outcome.Held, unknown.Outcome);
        Assert.Equal("NOT_IN_CATALOGUE", unknown.ItemFactsSource);
        var missing = unknown.Findings.SelectMany(finding => finding.MissingFacts).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(
            ["designed_for_data_center", "family", "io_bandwidth_gbps", "memory_bandwidth_gbps", "performance_density", "tpp"], missing);
        Assert.Equal(Asked.Written(unknown), Asked.Written(waiting));
        Assert.Equal("CLEARED ", Asked.Written(known));
        Assert.Equal("parts/NEW-1/revisions/1", known.ItemFactsSource);
    }

    [Fact]
    public async Task What_was_known_before_an_approval_stays_known_as_of_then()
    {
        var before = host.Now;
        host.Now += TimeSpan.FromDays(10);
        await Approve(await host.Parts(Proposer, "analyst").RevisePartAsync(new RevisePartRequest
        {
            Name = "parts/L20",
            Statement = Statement(
                "L20",
                new ItemFacts { Tpp = 5000, PerformanceDensity = 8, IoBandwidthGbps = 64, MemoryBandwidthGbps = 864, DesignedForDataCenter = true }),
        }));
        var then = await host.Checks().CheckShipmentAsync(Asked.Check("L20", "CN", "2024-06-01", before));
        var now = await host.Checks().CheckShipmentAsync(Asked.Check("L20", "CN", "2024-06-01"));

        Assert.Equal("CLEARED ", Asked.Written(then));
        Assert.Equal("parts/L20/revisions/1", then.ItemFactsSource);
        Assert.Equal("BLOCKED US-3A090-A:PRESUMPTION_OF_DENIAL", Asked.Written(now));
        Assert.Equal("parts/L20/revisions/2", now.ItemFactsSource);
        var part = await host.Parts("reader", "auditor").GetPartAsync(new GetPartRequest { Name = "parts/L20" });
        Assert.Equal("parts/L20/revisions/2", part.Current.Name);
        Assert.Null(part.Revisions[0].RecordTime);
        Assert.NotNull(part.Revisions[1].RecordTime);
    }

    [Fact]
    public async Task Supplied_facts_fill_what_is_missing_and_never_replace_what_is_known()
    {
        var analyst = host.Parts(Proposer, "analyst");
        var refused = await Asked.Refused(StatusCode.InvalidArgument, "FACT_ALREADY_KNOWN", async () => await analyst.SupplyFactsAsync(
            Supply("parts/MI308X", new ItemFacts { MemoryBandwidthGbps = 5300, DesignedForDataCenter = false, Tpp = 1000 })));
        Assert.Equal(
            ["facts.memory_bandwidth_gbps:FACT_ALREADY_KNOWN", "facts.designed_for_data_center:FACT_ALREADY_KNOWN"], Asked.Fields(refused));
        await Asked.Refused(
            StatusCode.InvalidArgument, "FACTS_MISSING",
            async () => await analyst.SupplyFactsAsync(Supply("parts/MI308X", new ItemFacts())));

        var first = await analyst.SupplyFactsAsync(Supply("parts/MI308X", new ItemFacts { Tpp = 1000 }));
        var second = await analyst.SupplyFactsAsync(Supply("parts/MI308X", new ItemFacts { PerformanceDensity = 1 }));
        var approved = await Approve(first);
        Assert.Equal((1000d, 5300d, true), (approved.Facts.Tpp, approved.Facts.MemoryBandwidthGbps, approved.Facts.DesignedForDataCenter));
        Assert.False(approved.Facts.HasPerformanceDensity);
        Assert.False(approved.Facts.HasIoBandwidthGbps);
        await Asked.Refused(StatusCode.Aborted, "PART_REVISION_OUTDATED", async () => await Approve(second));
    }

    [Fact]
    public async Task A_density_that_follows_from_known_facts_is_known()
    {
        await Approve(await Register("NEW-2", new ItemFacts { Tpp = 3000, DieAreaMm2 = 1000 }));

        var refused = await Asked.Refused(
            StatusCode.InvalidArgument, "FACT_ALREADY_KNOWN", async () => await host.Parts(Proposer, "analyst").SupplyFactsAsync(
            Supply("parts/NEW-2", new ItemFacts { PerformanceDensity = 1 })));
        Assert.Equal(["facts.performance_density:FACT_ALREADY_KNOWN"], Asked.Fields(refused));
    }

    [Fact]
    public async Task Nobody_approves_his_own_facts_and_the_attempt_is_recorded()
    {
        var proposed = await Register("NEW-3", new ItemFacts { Tpp = 1 });
        var self = host.Parts(Proposer, "officer");

        await Asked.Refused(
            StatusCode.PermissionDenied, "SAME_PERSON",
            async () => await self.ApprovePartRevisionAsync(new ApprovePartRevisionRequest { Name = proposed.Name }));
        await Asked.Refused(
            StatusCode.PermissionDenied, "SAME_PERSON",
            async () => await self.RejectPartRevisionAsync(new RejectPartRevisionRequest { Name = proposed.Name, Note = "No." }));
        Assert.Equal(2, await host.Db.Read(tx => tx.Scalar<long>(
            "select count(*) from audit_entries where subject = @name and outcome = 'SAME_PERSON'", new { name = proposed.Name })));
    }

    [Fact]
    public async Task Revisions_are_decided_once_and_parts_registered_once()
    {
        var proposed = await Register("NEW-4", new ItemFacts { Tpp = 1 });
        await Asked.Refused(StatusCode.AlreadyExists, "PART_ALREADY_REGISTERED", async () => await Register("NEW-4", new ItemFacts()));
        await Asked.Refused(StatusCode.AlreadyExists, "PART_ALREADY_REGISTERED", async () => await Register("H20", new ItemFacts()));
        await Asked.Refused(
            StatusCode.FailedPrecondition, "PART_NOT_APPROVED",
            async () => await host.Parts(Proposer).SupplyFactsAsync(Supply("parts/NEW-4", new ItemFacts { Tpp = 2 })));
        var rejected = await host.Parts(Approver).RejectPartRevisionAsync(
            new RejectPartRevisionRequest { Name = proposed.Name, Note = "No source." });
        Assert.Equal(PartRevision.Types.State.Rejected, rejected.State);
        foreach (var name in (string[])[proposed.Name, "parts/H20/revisions/1"])
            await Asked.Refused(
                StatusCode.FailedPrecondition, "PART_REVISION_ALREADY_DECIDED",
                async () => await host.Parts(Approver).ApprovePartRevisionAsync(new ApprovePartRevisionRequest { Name = name }));
        Assert.Null((await host.Parts(Approver).GetPartAsync(new GetPartRequest { Name = "parts/NEW-4" })).Current);
        await Asked.Refused(
            StatusCode.NotFound, "PART_REVISION_UNKNOWN",
            async () =>
                await host.Parts(Approver).ApprovePartRevisionAsync(new ApprovePartRevisionRequest { Name = "parts/NEW-4/revisions/8" }));
        await Asked.Refused(
            StatusCode.NotFound, "PART_UNKNOWN",
            async () => await host.Parts(Approver).GetPartAsync(new GetPartRequest { Name = "parts/NONE" }));
    }

    [Fact]
    public async Task Two_people_who_read_the_same_part_do_not_overwrite_each_other()
    {
        var read = await host.Parts(Proposer).GetPartAsync(new GetPartRequest { Name = "parts/L4" });
        var revise = new RevisePartRequest { Name = read.Name, Etag = read.Etag, Statement = Statement("L4", new ItemFacts { Tpp = 1 }) };
        await host.Parts(Proposer).RevisePartAsync(revise);

        await Asked.Refused(StatusCode.Aborted, "ETAG_MISMATCH", async () => await host.Parts(Approver).RevisePartAsync(revise));
    }

    [Fact]
    public async Task Everything_wrong_with_a_statement_is_named_at_once()
    {
        var refused = await Asked.Refused(
            StatusCode.InvalidArgument, "SEVERAL_FIELDS_INVALID", async () => await host.Parts(Proposer).RegisterPartAsync(
            new RegisterPartRequest
            {
                PartNumber = "no blanks",
                Statement = new PartStatement { Vendor = new string('v', 101), Facts = new ItemFacts { Tpp = -1, DieAreaMm2 = 0, IoBandwidthGbps = double.NaN } },
            }));

        Assert.Equal(
            [
                "part_number:PART_NUMBER_INVALID", "statement.certainty:CERTAINTY_MISSING",
                "statement.facts.die_area_mm2:FACT_OUT_OF_RANGE",
                "statement.facts.io_bandwidth_gbps:FACT_OUT_OF_RANGE", "statement.facts.tpp:FACT_OUT_OF_RANGE",
                "statement.family:TEXT_MISSING",
                "statement.source:TEXT_MISSING", "statement.vendor:TEXT_TOO_LONG",
            ],
            Asked.Fields(refused).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Validate_only_leaves_nothing()
    {
        var proposed = await Register("NEW-5", new ItemFacts { Tpp = 1 });
        var rows = await host.AllRows();
        await host.Parts(Proposer).RegisterPartAsync(
            new RegisterPartRequest { PartNumber = "NEW-6", Statement = Statement("X", new ItemFacts()), ValidateOnly = true });
        await host.Parts(Proposer).RevisePartAsync(
            new RevisePartRequest { Name = "parts/L2", Statement = Statement("X", new ItemFacts()), ValidateOnly = true });
        await host.Parts(Proposer).SupplyFactsAsync(
            new SupplyFactsRequest(Supply("parts/GAUDI-3", new ItemFacts { DieAreaMm2 = 1600 })) { ValidateOnly = true });
        await host.Parts(Approver).ApprovePartRevisionAsync(new ApprovePartRevisionRequest { Name = proposed.Name, ValidateOnly = true });
        await host.Parts(Approver).RejectPartRevisionAsync(
            new RejectPartRevisionRequest { Name = proposed.Name, Note = "No.", ValidateOnly = true });

        Assert.Equal(rows, await host.AllRows());
    }

    [Fact]
    public async Task Parts_are_listed_in_pages_and_by_family()
    {
        var reader = host.Parts("reader", "auditor");
        var first = await reader.ListPartsAsync(new ListPartsRequest { PageSize = 7 });
        var second = await reader.ListPartsAsync(new ListPartsRequest { PageSize = 7, PageToken = first.NextPageToken });

        Assert.Equal(7, first.Parts.Count);
        Assert.True(string.CompareOrdinal(first.Parts[^1].PartNumber, second.Parts[0].PartNumber) < 0);
        var family = await reader.ListPartsAsync(new ListPartsRequest { Filter = "family = \"H100\"" });
        Assert.Equal(["H100-PCIE", "H100-SXM5"], family.Parts.Select(part => part.PartNumber));
    }

    private async Task<PartRevision> Register(string partNumber, ItemFacts facts) =>
        await host.Parts(Proposer, "analyst").RegisterPartAsync(
        new RegisterPartRequest { PartNumber = partNumber, Statement = Statement(partNumber, facts) });

    private async Task<PartRevision> Approve(PartRevision proposed) =>
        await host.Parts(Approver).ApprovePartRevisionAsync(new ApprovePartRevisionRequest { Name = proposed.Name, Etag = proposed.Etag });

    private static PartStatement Statement(string family, ItemFacts facts) =>
        new() { Family = family, Vendor = "NVIDIA", Facts = facts, Source = "data sheet", Certainty = Certainty.Secondary };

    private static SupplyFactsRequest Supply(string name, ItemFacts facts) =>
        new() { Name = name, Facts = facts, Source = "data sheet", Certainty = Certainty.Secondary };
}
