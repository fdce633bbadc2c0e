using Google.Protobuf;
using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Screening;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Registers;

/// <summary>Draft, reviewed, scheduled, in force, superseded: who brings an amendment on, and what the calendar does.</summary>
public sealed class AmendmentStageTests(RegistersHost host) : IClassFixture<RegistersHost>
{
    [Fact]
    public async Task An_amendment_is_reviewed_by_another_person_once_and_may_be_published_by_the_reviewer()
    {
        var proposed = await host.Propose("T-REVIEW", RulesOfTests.Restricting("FI", "2027-02-01"));
        var review = new ReviewAmendmentRequest
        {
            Name = proposed.Name,
            Note = "Read against the Federal Register.",
            Etag = proposed.Etag,
            Digest = proposed.Digest,
            TestsDigest = proposed.TestsDigest,
        };
        Assert.Equal(AmendmentStage.Draft, proposed.Stage);
        await Asked.Refused(
            StatusCode.PermissionDenied, "SAME_PERSON", async () => await host.Rules(RulesOfTests.Author, "analyst").ReviewAmendmentAsync(review));
        await Asked.Refused(
            StatusCode.Aborted, "AMENDMENT_DIGEST_DIFFERS",
            async () => await host.Rules("rita").ReviewAmendmentAsync(new ReviewAmendmentRequest(review) { TestsDigest = "00" }));
        await Asked.Refused(
            StatusCode.Aborted, "AMENDMENT_DIGEST_DIFFERS",
            async () => await host.Rules("rita").ReviewAmendmentAsync(new ReviewAmendmentRequest(review) { Digest = "00" }));
        await Asked.Refused(
            StatusCode.Aborted, "ETAG_MISMATCH",
            async () => await host.Rules("rita").ReviewAmendmentAsync(new ReviewAmendmentRequest(review) { Etag = "\"9\"" }));
        await Asked.Refused(
            StatusCode.InvalidArgument, "TEXT_MISSING",
            async () => await host.Rules("rita").ReviewAmendmentAsync(new ReviewAmendmentRequest(review) { Note = "" }));
        await host.Rules("rita").ReviewAmendmentAsync(new ReviewAmendmentRequest(review) { ValidateOnly = true });

        var reviewed = await host.Rules("rita").ReviewAmendmentAsync(review);
        Assert.Equal(
            (AmendmentStage.Reviewed, "rita", review.Note, Amendment.Types.State.Proposed),
            (reviewed.Stage, reviewed.ReviewedBy, reviewed.ReviewNote, reviewed.State));
        Assert.NotEqual(proposed.Etag, reviewed.Etag);
        await Asked.Refused(
            StatusCode.FailedPrecondition, "AMENDMENT_ALREADY_REVIEWED",
            async () => await host.Rules("rob").ReviewAmendmentAsync(new ReviewAmendmentRequest(review) { Etag = "" }));

        var published = await host.Rules("rita").PublishAmendmentAsync(new PublishAmendmentRequest { Name = proposed.Name });
        Assert.Equal(("rita", "rita", review.Note), (published.ReviewedBy, published.DecidedBy, published.ReviewNote));
        await Asked.Refused(
            StatusCode.FailedPrecondition, "AMENDMENT_ALREADY_DECIDED",
            async () => await host.Rules("rob").ReviewAmendmentAsync(new ReviewAmendmentRequest { Name = proposed.Name, Note = "Late." }));
        Assert.Equal(["amendments.propose", "amendments.publish", "amendments.review", "amendments.review"], await host.Db.Read(tx =>
            tx.Query<string>("select action from audit_entries where subject = @name order by action", new { name = proposed.Name })));
    }

    [Fact]
    public async Task The_proposal_shown_to_users_can_be_proposed_and_published()
    {
        var text = await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "Cases", "propose-amendment.json"), TestContext.Current.CancellationToken);
        var proposed = await host.Rules(RulesOfTests.Author, "counsel").ProposeAmendmentAsync(
            JsonParser.Default.Parse<ProposeAmendmentRequest>(text));

        Assert.Empty(proposed.UntestedBranches);
        Assert.Equal(Amendment.Types.State.Published, (await Publish(proposed)).State);
    }

    [Fact]
    public async Task Who_publishes_what_nobody_reviewed_is_its_reviewer()
    {
        var published = await host.Publish("T-UNREVIEWED", RulesOfTests.Restricting("NO", "2027-02-01"));

        Assert.Equal((RulesOfTests.Publisher, published.RecordTime), (published.ReviewedBy, published.ReviewTime));
        Assert.Equal(2, published.Tests.Count);
        Assert.All(published.TestResults, result => Assert.True(result.Passed));
    }

    [Fact]
    public async Task Stages_of_what_is_published_follow_the_calendar_and_what_is_published_after()
    {
        const string rule = "T-STAGES";
        var start = host.Now;
        var first = await host.Publish(rule, Pack.InForce("{ from: 2027-02-01 }", "FI"));
        Assert.Equal(AmendmentStage.Scheduled, first.Stage);
        Assert.Equal([AmendmentStage.Scheduled], await StagesOn(rule, "2027-01-31T23:59:59Z"));
        Assert.Equal([AmendmentStage.InForce], await StagesOn(rule, "2027-02-01T00:00:00Z"));

        var pause = await host.Publish(rule, Pack.NotInForce("SUSPENDED", "{ from: 2027-02-01, to: 2027-03-01 }"));
        Assert.Equal(AmendmentStage.InForce, pause.Stage);
        Assert.Equal([AmendmentStage.Scheduled, AmendmentStage.InForce], await StagesOn(rule, "2027-02-28T12:00:00Z"));
        Assert.Equal([AmendmentStage.InForce, AmendmentStage.Expired], await StagesOn(rule, "2027-03-01T00:00:00Z"));

        await host.Publish(rule, Pack.InForce("{ from: 2027-03-15 }", "FI", "UNSTATED"));
        await host.Propose(rule, Pack.NotInForce("REPEALED", "{ from: 2027-04-01 }"));
        var rejected = await host.Propose(rule, Pack.NotInForce("REPEALED", "{ from: 2027-05-01 }"));
        await host.Rules("rob").RejectAmendmentAsync(new RejectAmendmentRequest { Name = rejected.Name, Note = "No such law." });
        Assert.Equal(
            [AmendmentStage.Superseded, AmendmentStage.Expired, AmendmentStage.InForce, AmendmentStage.Draft, AmendmentStage.Rejected],
            await StagesOn(rule, "2027-03-15T00:00:00Z"));
        host.Now = start;
    }

    [Fact]
    public async Task Another_amendment_of_the_rule_published_for_the_same_days_since_must_be_seen_first()
    {
        var early = await host.Propose("T-UNSEEN", Pack.InForce("{ from: 2027-02-01, to: 2027-03-01 }", "DK"));
        var late = await host.Propose("T-UNSEEN", Pack.InForce("{ from: 2027-03-01 }", "DK"));
        var later = await host.Propose("T-UNSEEN", Pack.InForce("{ from: 2027-06-01 }", "DK", "PROHIBITED"));
        await Publish(early);
        await Publish(late);

        var refused = await Refused.By(() => Publish(later));
        Assert.Equal((StatusCode.Aborted, "AMENDMENT_WINDOW_OVERLAPS"), (refused.Code, refused.Reason));
        Assert.Equal(late.Name, refused.Metadata["amendment"]);
        await Publish(await host.Propose("T-UNSEEN", Pack.InForce("{ from: 2027-06-01 }", "DK", "PRESUMPTION_OF_DENIAL")));
    }

    [Fact]
    public async Task What_was_proposed_is_never_edited_not_even_as_a_draft()
    {
        var proposed = await host.Propose("T-FIXED", RulesOfTests.Restricting("NL", "2027-02-01"));
        foreach (var change in (string[])["definition = ''", "tests = '[]'", "digest = ''", "proposed_by = 'somebody'", "base_change = 99"])
        {
            var error = await Assert.ThrowsAnyAsync<Exception>(() => host.Db.Write(tx => tx.Execute(
                $"update amendments set {change} where rule = 'T-FIXED'")));
            Assert.Contains("never changes", error.Message, StringComparison.Ordinal);
        }

        var published = await Publish(proposed);
        Assert.Equal((proposed.Digest, proposed.TestsDigest), (published.Digest, published.TestsDigest));
        var edited = await Assert.ThrowsAnyAsync<Exception>(() => host.Db.Write(tx => tx.Execute(
            "update amendments set review_note = 'x' where rule = 'T-FIXED'")));
        Assert.Contains("never edited", edited.Message, StringComparison.Ordinal);
    }

    private async Task<Amendment> Publish(Amendment proposed) =>
        await host.Rules(RulesOfTests.Publisher).PublishAmendmentAsync(new PublishAmendmentRequest { Name = proposed.Name });

    private async Task<IReadOnlyList<AmendmentStage>> StagesOn(string rule, string now)
    {
        host.Now = ComplianceHost.At(now);
        var read = await host.Rules("reader", "auditor").GetRuleAsync(new GetRuleRequest { Name = $"rules/{rule}" });
        return [.. read.Amendments.Select(amendment => amendment.Stage)];
    }
}
