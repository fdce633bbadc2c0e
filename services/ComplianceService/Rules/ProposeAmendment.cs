using System.Globalization;
using System.Text;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Audit;
using OrderTracking.ComplianceService.Rules.Parsing;
using OrderTracking.ComplianceService.Rules.Testing;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>
/// The first person's part: a text that parses waits for a second person, with the tests it will be held to. It changes no decision.
/// </summary>
internal sealed class ProposeAmendment(ComplianceDb db, Knowledge knowledge, TimeProvider clock)
{
    public const int DefinitionBytesMax = 64 * 1024;
    public const int TitleCharactersMax = 200;
    private const string Action = "amendments.propose";

    // The reasons of holds placed by hand: a shipment has one hold a rule or reason, so a rule must not be called like one.
    private static readonly string[] ReservedIds = ["ADDRESS", "CREDIT", "OTHER"];

    public Task<V1.Amendment> Answer(ProposeAmendmentRequest request, ServerCallContext context)
    {
        var actor = context.Actor();
        return db.Write(
            tx => Requests.Once(
                tx, context.Method, request.RequestId, actor, request, clock.GetUtcNow(), () => Propose(tx, request, actor)),
            context.CancellationToken,
            request.ValidateOnly);
    }

    private async Task<V1.Amendment> Propose(Tx tx, ProposeAmendmentRequest request, Actor actor)
    {
        var head = await knowledge.Current(tx);
        var (rule, title, content, tests) = Parse(request, head);
        var testsDigest = StoredTests.DigestOf(tests);
        var own = await RuleStore.AmendmentsOf(tx, rule);
        var now = clock.GetUtcNow();
        RefuseRepeated(content, testsDigest, own, Stack(head, rule).Where(amendment => amendment.IsKnownAt(head.KnownNow(now))));
        var numbers = own.Select(amendment => amendment.Number).Concat(Stack(head, rule).Select(amendment => (long)amendment.Number));
        var row = new AmendmentRow
        {
            Id = Guid.CreateVersion7(now),
            Rule = rule,
            Number = numbers.DefaultIfEmpty(0).Max() + 1,
            Title = title,
            Definition = request.Definition,
            Digest = content.Digest,
            ProposedBy = actor.Subject,
            Tests = StoredTests.Write(request.Tests),
            TestsDigest = testsDigest,
            BaseChange = head.Version,
            CreatedAt = now,
            UpdatedAt = now,
        };
        await RuleStore.Insert(tx, row);
        await AuditLog.Record(tx, actor.Subject, Action, row.Name, AuditLog.Done, content.Digest, now);
        var report = RunTests.Run(head, rule, title, content, tests, await knowledge.NextInstant(tx));
        return RuleMapping.Of(row, content, AmendmentStages.OfProposal(row), withTests: true).With(report);
    }

    private static IReadOnlyList<Amendment> Stack(KnowledgeHead head, string rule) => head.Rules.Find(rule)?.Amendments ?? [];

    private static (string Rule, string Title, AmendmentContent Content, IReadOnlyList<RuleTest> Tests) Parse(
        ProposeAmendmentRequest request, KnowledgeHead head)
    {
        var violations = new Violations();
        var rule = AmendmentNames.ParseRule(request.Rule, "rule", violations);
        if (ReservedIds.Contains(rule, StringComparer.Ordinal))
            violations.Add("rule", RegisterReasons.RuleIdReserved, rule, "an id that is not the reason of a hold placed by hand");
        var known = rule is null ? null : head.Rules.Find(rule);
        var title = known is null ? WireText.Parse(request.Title, "title", TitleCharactersMax, violations) : known.Title;
        var content = ParseDefinition(request.Definition, head.Rules.Vocabulary, violations);
        var tests = TestParser.Parse(request.Tests, "tests", violations);
        violations.ThrowIfAny();
        return (rule!, title!, content!, tests);
    }

    private static AmendmentContent? ParseDefinition(string definition, Vocabulary vocabulary, Violations violations)
    {
        const string field = "definition";
        var bytes = Encoding.UTF8.GetByteCount(definition);
        if (string.IsNullOrWhiteSpace(definition))
            violations.Add(field, WireReasons.TextMissing, null, "an amendment in YAML, as rule packs have them");
        else if (bytes > DefinitionBytesMax)
            violations.Add(
                field, WireReasons.TextTooLong, string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
                $"up to {DefinitionBytesMax} bytes of UTF-8");
        else
            try
            {
                return AmendmentParser.Parse(definition, field, vocabulary);
            }
            catch (RuleFileException refused)
            {
                foreach (var error in refused.Errors)
                    violations.Add(new FieldViolation(field, RegisterReasons.DefinitionInvalid.Name, $"line {error.Line}: {error.Reason}"));
            }

        return null;
    }

    private static void RefuseRepeated(
        AmendmentContent content, string testsDigest, IReadOnlyList<AmendmentRow> own, IEnumerable<Amendment> known)
    {
        bool Same(AmendmentRow row) => row.Digest == content.Digest && row.TestsDigest == testsDigest;
        if (own.FirstOrDefault(row => row.State == AmendmentRow.Proposed && Same(row)) is { } waiting)
            throw new Refusal(RegisterReasons.AmendmentAlreadyProposed, $"{waiting.Name} says the same and waits for a second person.")
            {
                Metadata = new Dictionary<string, string> { ["amendment"] = waiting.Name },
            };
        if (known.OrderBy(amendment => amendment.RecordedAt ?? DateTimeOffset.MinValue).LastOrDefault() is { } last
            && last.Content.Digest == content.Digest)
            throw new Refusal(RegisterReasons.AmendmentChangesNothing, $"{last.Name}, recorded last, says the same.")
            {
                Metadata = new Dictionary<string, string> { ["amendment"] = last.Name },
            };
    }
}
