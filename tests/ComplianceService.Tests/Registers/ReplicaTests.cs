using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Rules.Parsing;
using OrderTracking.ComplianceService.Tests.Screening;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Registers;

/// <summary>What another process records in the same database is this one's knowledge too.</summary>
public sealed class ReplicaTests(RegistersHost host) : IClassFixture<RegistersHost>
{
    // A look a second, and what a busy machine adds.
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task An_amendment_another_process_published_answers_what_ifs_within_seconds()
    {
        var before = await host.Checks().CheckShipmentAsync(Asked.Check("L2", "SE", "2027-03-01"));
        var start = TimeProvider.System.GetTimestamp();
        await PublishElsewhere("T-ELSEWHERE", RulesOfTests.Restricting("SE", "2027-02-01"));
        var after = await ComplianceHost.Eventually(
            async () =>
            {
                var answer = await host.Checks().CheckShipmentAsync(Asked.Check("L2", "SE", "2027-03-01"));
                return answer.Findings.Count > 0 ? answer : null;
            },
            "the other process' amendment is known");

        Assert.Equal("CLEARED ", Asked.Written(before));
        Assert.Equal("HELD T-ELSEWHERE:CASE_BY_CASE", Asked.Written(after));
        Assert.True(TimeProvider.System.GetElapsedTime(start) < Within);
    }

    /// <summary>The rows a publication leaves, written past everything this process would notice by itself.</summary>
    private Task PublishElsewhere(string rule, string definition) => host.Db.Write(async tx =>
    {
        var now = host.Now;
        var row = new AmendmentRow
        {
            Id = Guid.CreateVersion7(now),
            Rule = rule,
            Number = 1,
            Position = 1,
            Title = "A rule of another process",
            Definition = definition,
            Digest = AmendmentParser.Parse(definition, rule, Pack.Rules.Vocabulary).Digest,
            State = AmendmentRow.Published,
            RecordedAt = now,
            ProposedBy = RulesOfTests.Author,
            DecidedBy = RulesOfTests.Publisher,
            CreatedAt = now,
            UpdatedAt = now,
        };
        await RuleStore.Insert(tx, row);
        await RuleStore.Touch(tx, rule, row.Title, RuleRow.Published, now);
        await RuleStore.Record(tx, Guid.CreateVersion7(now), RecordedChange.Amendment, row.Name, now);
    });
}
