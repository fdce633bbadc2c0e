using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Screening;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Registers;

public sealed class AmendmentTests(RegistersHost host) : IClassFixture<RegistersHost>
{
    [Fact]
    public async Task A_published_amendment_decides_from_its_commit_on()
    {
        var before = await host.Checks().CheckShipmentAsync(Asked.Check("L2", "SE", "2027-03-01"));
        var published = await host.Publish("T-COMMIT", RulesOfTests.Restricting("SE", "2027-02-01"));
        var after = await host.Checks().CheckShipmentAsync(Asked.Check("L2", "SE", "2027-03-01"));

        Assert.Equal("CLEARED ", Asked.Written(before));
        Assert.Equal("HELD T-COMMIT:CASE_BY_CASE", Asked.Written(after));
        Assert.Equal("CLEARED ", Asked.Written(await host.Checks().CheckShipmentAsync(Asked.Check("L2", "SE", "2027-01-31"))));
        Assert.Equal(Amendment.Types.State.Published, published.State);
        Assert.Equal(RulesOfTests.Author, published.ProposedBy);
        Assert.Equal(RulesOfTests.Publisher, published.DecidedBy);
        Assert.Equal(1, published.Position);
        Assert.Equal("rules/T-COMMIT/amendments/1", Assert.Single(after.Findings).Amendment);
        Assert.Contains(published.Name, after.GoverningAmendments);
    }

    [Fact]
    public async Task A_proposal_changes_no_decision()
    {
        var proposed = await host.Propose("T-PROPOSAL", RulesOfTests.Restricting("NO", "2027-02-01"));

        Assert.Equal(Amendment.Types.State.Proposed, proposed.State);
        Assert.Null(proposed.RecordTime);
        Assert.Equal(0, proposed.Position);
        Assert.Equal("CLEARED ", Asked.Written(await host.Checks().CheckShipmentAsync(Asked.Check("L2", "NO", "2027-03-01"))));
        await Asked.Refused(
            StatusCode.NotFound, "RULE_UNKNOWN",
            async () => await host.Rules("reader").GetRuleAsync(new GetRuleRequest { Name = "rules/T-PROPOSAL" }));
    }

    [Fact]
    public async Task Nobody_publishes_or_rejects_his_own_proposal_and_the_attempt_is_recorded()
    {
        var proposed = await host.Propose("T-SELF", RulesOfTests.Restricting("FI", "2027-02-01"));
        var self = host.Rules(RulesOfTests.Author, "officer");

        await Asked.Refused(
            StatusCode.PermissionDenied, "SAME_PERSON",
            async () => await self.PublishAmendmentAsync(new PublishAmendmentRequest { Name = proposed.Name }));
        await Asked.Refused(
            StatusCode.PermissionDenied, "SAME_PERSON",
            async () => await self.RejectAmendmentAsync(new RejectAmendmentRequest { Name = proposed.Name, Note = "No." }));
        var entries = await host.Db.Read(tx => tx.Query<string>(
            "select action from audit_entries where subject = @name and outcome = 'SAME_PERSON' and actor = @actor order by action",
            new { name = proposed.Name, actor = RulesOfTests.Author }));
        Assert.Equal(["amendments.publish", "amendments.reject"], entries);
    }

    [Fact]
    public async Task A_decided_amendment_is_never_decided_again()
    {
        var published = await host.Publish("T-ONCE", RulesOfTests.Restricting("DK", "2027-02-01"));
        var rejected = await host.Propose("T-ONCE", RulesOfTests.Restricting("DK", "2027-02-02"));
        var officer = host.Rules(RulesOfTests.Publisher);
        var answer = await officer.RejectAmendmentAsync(new RejectAmendmentRequest { Name = rejected.Name, Note = "Not the law." });

        Assert.Equal(Amendment.Types.State.Rejected, answer.State);
        foreach (var name in (string[])[published.Name, rejected.Name, "rules/US-EMBARGO/amendments/1"])
        {
            await Asked.Refused(
                StatusCode.FailedPrecondition, "AMENDMENT_ALREADY_DECIDED",
                async () => await officer.PublishAmendmentAsync(new PublishAmendmentRequest { Name = name }));
            await Asked.Refused(
                StatusCode.FailedPrecondition, "AMENDMENT_ALREADY_DECIDED",
                async () => await officer.RejectAmendmentAsync(new RejectAmendmentRequest { Name = name, Note = "No." }));
        }

        await Asked.Refused(
            StatusCode.NotFound, "AMENDMENT_UNKNOWN",
            async () => await officer.PublishAmendmentAsync(new PublishAmendmentRequest { Name = "rules/US-EMBARGO/amendments/9" }));
    }

    [Fact]
    public async Task Another_digest_or_etag_than_the_one_read_is_refused()
    {
        var proposed = await host.Propose("T-DIGEST", RulesOfTests.Restricting("IE", "2027-02-01"));
        var officer = host.Rules(RulesOfTests.Publisher);

        await Asked.Refused(
            StatusCode.Aborted, "AMENDMENT_DIGEST_DIFFERS",
            async () => await officer.PublishAmendmentAsync(new PublishAmendmentRequest { Name = proposed.Name, Digest = "0000" }));
        await Asked.Refused(
            StatusCode.Aborted, "ETAG_MISMATCH",
            async () => await officer.PublishAmendmentAsync(new PublishAmendmentRequest { Name = proposed.Name, Etag = "\"7\"" }));
        var published = await officer.PublishAmendmentAsync(
            new PublishAmendmentRequest { Name = proposed.Name, Etag = proposed.Etag, Digest = proposed.Digest });
        Assert.NotEqual(proposed.Etag, published.Etag);
    }

    [Fact]
    public async Task Everything_wrong_with_a_proposal_is_named_with_its_line()
    {
        var error = await Asked.Refused(
            StatusCode.InvalidArgument, "SEVERAL_FIELDS_INVALID", async () => await host.Rules("carla").ProposeAmendmentAsync(
            new ProposeAmendmentRequest
            {
                Rule = "rules/not-a-rule",
                Definition = "status: IN_FORCE\neffective: { from: 2027-13-01 }\nscope: { destination: DE }\nitem: any\npolicy: CASE_BY_CASE\ncolour: red\n",
            }));

        var violations = error.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations;
        Assert.Contains(violations, violation => violation.Field == "rule" && violation.Reason == "NAME_INVALID");
        Assert.Contains(violations, violation => violation.Field == "title" && violation.Reason == "TEXT_MISSING");
        var definition = violations.Where(violation => violation.Field == "definition").ToList();
        Assert.All(definition, violation => Assert.Equal("DEFINITION_INVALID", violation.Reason));
        Assert.Contains(definition, violation => violation.Description.Contains("line 2", StringComparison.Ordinal));
        Assert.Contains(definition, violation => violation.Description.Contains("line 6", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rule_is_not_called_like_a_hold_by_hand_and_nothing_is_said_twice()
    {
        await Asked.Refused(
            StatusCode.InvalidArgument, "RULE_ID_RESERVED",
            async () => await host.Propose("CREDIT", RulesOfTests.Restricting("NL", "2027-02-01")));
        await host.Propose("T-TWICE", RulesOfTests.Restricting("NL", "2027-02-01"));
        await Asked.Refused(
            StatusCode.AlreadyExists, "AMENDMENT_ALREADY_PROPOSED",
            async () => await host.Propose("T-TWICE", "# another layout\n" + RulesOfTests.Restricting("NL", "2027-02-01")));
        await host.Publish("T-AGAIN", RulesOfTests.Restricting("NL", "2028-02-01"));
        await Asked.Refused(
            StatusCode.FailedPrecondition, "AMENDMENT_CHANGES_NOTHING",
            async () => await host.Propose("T-AGAIN", RulesOfTests.Restricting("NL", "2028-02-01")));
    }

    [Fact]
    public async Task A_repeated_request_is_answered_with_the_first_answer()
    {
        var proposed = await host.Propose("T-REPEAT", RulesOfTests.Restricting("PT", "2027-02-01"));
        var request = new PublishAmendmentRequest { Name = proposed.Name, RequestId = "0f1e2d3c-4b5a-4697-8899-aabbccddeeff" };
        var officer = host.Rules(RulesOfTests.Publisher);
        var first = await officer.PublishAmendmentAsync(request);
        host.Now += TimeSpan.FromHours(1);

        Assert.Equal(first, await officer.PublishAmendmentAsync(request));
        await Asked.Refused(
            StatusCode.AlreadyExists, "REQUEST_ID_REUSED",
            async () => await officer.PublishAmendmentAsync(new PublishAmendmentRequest(request) { Digest = first.Digest }));
        Assert.Equal(1, await Count("recorded_changes where subject = @name", proposed.Name));
        Assert.Equal(1, await Count("outbox where type = 'compliance.amendment-published' and body like '%T-REPEAT%'", ""));
    }

    [Fact]
    public async Task Amendments_published_while_the_clock_stands_or_goes_back_are_recorded_one_after_the_other()
    {
        var first = await host.Publish("T-ORDER", Pack.InForce("always", "PL", "PROHIBITED"));
        var second = await host.Publish("T-ORDER", Pack.InForce("always", "PL", "PRESUMPTION_OF_APPROVAL"));
        host.Now -= TimeSpan.FromDays(1);
        var third = await host.Publish("T-ORDER", Pack.NotInForce("REPEALED", "always"));
        var answer = Asked.Written(await host.Checks().CheckShipmentAsync(Asked.Check("L2", "PL", "2027-03-01")));
        host.Now += TimeSpan.FromDays(1);

        Assert.True(first.RecordTime.CompareTo(second.RecordTime) < 0 && second.RecordTime.CompareTo(third.RecordTime) < 0);
        Assert.Equal([1, 2, 3], [first.Position, second.Position, third.Position]);
        Assert.Equal("CLEARED ", answer);
        Assert.Equal(
            "HELD T-ORDER:PRESUMPTION_OF_APPROVAL",
            Asked.Written(
                await host.Checks().CheckShipmentAsync(Asked.Check("L2", "PL", "2027-03-01", second.RecordTime.ToDateTimeOffset()))));
    }

    [Fact]
    public async Task Validate_only_checks_everything_and_leaves_nothing()
    {
        var proposed = await host.Propose("T-DRY", RulesOfTests.Restricting("ES", "2027-02-01"));
        var rows = await host.AllRows();
        var officer = host.Rules(RulesOfTests.Publisher);
        var published = await officer.PublishAmendmentAsync(new PublishAmendmentRequest { Name = proposed.Name, ValidateOnly = true });
        await officer.RejectAmendmentAsync(new RejectAmendmentRequest { Name = proposed.Name, Note = "No.", ValidateOnly = true });
        await officer.ProposeAmendmentAsync(
            new ProposeAmendmentRequest(RulesOfTests.Proposal("T-DRY", RulesOfTests.Restricting("ES", "2028-01-01"))) { ValidateOnly = true });
        await Asked.Refused(
            StatusCode.PermissionDenied, "SAME_PERSON",
            async () =>
                await host.Rules(RulesOfTests.Author, "officer").PublishAmendmentAsync(
                    new PublishAmendmentRequest { Name = proposed.Name, ValidateOnly = true }));

        Assert.Equal(Amendment.Types.State.Published, published.State);
        Assert.Equal(rows, await host.AllRows());
        Assert.Equal("CLEARED ", Asked.Written(await host.Checks().CheckShipmentAsync(Asked.Check("L2", "ES", "2027-03-01"))));
    }

    [Fact]
    public async Task Rules_show_their_stack_and_the_pack_says_what_it_leaves_out()
    {
        var list = await host.Rules("reader", "auditor").ListRulesAsync(new ListRulesRequest { Filter = "origin = PACK" });
        Assert.Equal(12, list.Rules.Count);
        Assert.Equal(list.Rules.Select(rule => rule.Name).Order(StringComparer.Ordinal), list.Rules.Select(rule => rule.Name));
        Assert.NotEmpty(list.LeftOut);
        Assert.Contains("not legal advice", list.Disclaimer, StringComparison.Ordinal);
        Assert.All(list.Rules, rule => Assert.True(rule.Uid.Length == 36 && rule.Etag.Length > 0 && rule.CreateTime is not null));

        var before = await host.Rules("reader", "auditor").GetRuleAsync(new GetRuleRequest { Name = "rules/US-EMBARGO" });
        var proposed = await host.Propose("US-EMBARGO", RulesOfTests.Restricting("CH", "2027-02-01"));
        var after = await host.Rules("reader", "auditor").GetRuleAsync(new GetRuleRequest { Name = "rules/US-EMBARGO" });
        proposed.TestResults.Clear();
        Assert.Equal(before.Amendments.Append(proposed), after.Amendments);
    }

    [Fact]
    public async Task What_the_pack_says_can_be_proposed_as_it_is_shown()
    {
        var vocabulary = host.Knowledge.Latest.Rules.Vocabulary;
        var list = await host.Rules("reader", "auditor").ListRulesAsync(new ListRulesRequest { Filter = "origin = PACK" });
        var shown = list.Rules.SelectMany(rule => rule.Amendments).Where(amendment => amendment.ProposedBy.Length == 0).ToList();

        Assert.Equal(21, shown.Count);
        Assert.All(shown, amendment =>
            Assert.Equal(
                amendment.Digest,
                ComplianceService.Rules.Parsing.AmendmentParser.Parse(amendment.Definition, amendment.Name, vocabulary).Digest));
    }

    private Task<long> Count(string from, string name) => host.Db.Read(tx => tx.Scalar<long>($"select count(*) from {from}", new { name }));
}
