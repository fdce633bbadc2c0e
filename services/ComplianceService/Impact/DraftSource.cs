using System.Globalization;
using System.Text;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Rules.Parsing;
using OrderTracking.Wire;

namespace OrderTracking.ComplianceService.Impact;

/// <summary>Drafts as requests name them: a proposed amendment, or a text.</summary>
internal sealed class DraftSource(Knowledge knowledge)
{
    private const string AmendmentField = "amendment";
    private const string InlineField = "inline";

    /// <summary>Reads the draft with all that is wrong with it at once; null only when something was added to the violations.</summary>
    /// <param name="amendment">The name of a proposed amendment; blank where a text is given.</param>
    /// <exception cref="Refusal">The amendment is unknown, or decided on already.</exception>
    public async Task<AmendmentDraft?> Resolve(Tx tx, string amendment, AmendmentDraft? inline, Violations violations) =>
        inline is null ? await OfProposed(tx, amendment, violations) : await OfText(tx, inline, violations);

    /// <summary>What a resolved draft says.</summary>
    public static AmendmentContent ContentOf(AmendmentDraft draft, KnowledgeHead head) =>
        AmendmentParser.Parse(draft.Definition, InlineField, head.Rules.Vocabulary);

    /// <summary>What would be known with the draft at an instant, recorded last.</summary>
    public static KnowledgeHead With(KnowledgeHead head, AmendmentDraft draft, AmendmentContent content, DateTimeOffset knownAt) =>
        head.WithDraft(RuleOf(draft), draft.Title, content, knownAt);

    private static async Task<AmendmentDraft?> OfProposed(Tx tx, string amendment, Violations violations)
    {
        if (AmendmentNames.Parse(amendment, AmendmentField, violations) is not { } name)
            return null;
        var row = await RuleStore.Find(tx, name.Rule, name.Number) ?? throw Refused(RegisterReasons.AmendmentUnknown, amendment, "does not exist");
        if (row.State is AmendmentRow.Published or AmendmentRow.Rejected)
            throw Refused(RegisterReasons.AmendmentAlreadyDecided, amendment, "is decided on already");
        return new AmendmentDraft
        {
            Rule = $"rules/{row.Rule}",
            Title = row.Title,
            Definition = row.Definition,
            Amendment = row.Name,
            Digest = row.Digest,
        };
    }

    private async Task<AmendmentDraft?> OfText(Tx tx, AmendmentDraft inline, Violations violations)
    {
        var found = violations.Found.Count;
        var head = await knowledge.Current(tx);
        var rule = AmendmentNames.ParseRule(inline.Rule, $"{InlineField}.rule", violations);
        var known = rule is null ? null : head.Rules.Find(rule);
        var title = known?.Title ?? WireText.Parse(inline.Title, $"{InlineField}.title", ProposeAmendment.TitleCharactersMax, violations);
        var content = Parse(inline.Definition, $"{InlineField}.definition", head.Rules.Vocabulary, violations);
        return violations.Found.Count > found
            ? null
            : new AmendmentDraft { Rule = inline.Rule, Title = title, Definition = inline.Definition, Digest = content!.Digest };
    }

    private static AmendmentContent? Parse(string definition, string field, Vocabulary vocabulary, Violations violations)
    {
        var bytes = Encoding.UTF8.GetByteCount(definition);
        if (string.IsNullOrWhiteSpace(definition))
            violations.Add(field, WireReasons.TextMissing, null, "an amendment in YAML, as rule packs have them");
        else if (bytes > ProposeAmendment.DefinitionBytesMax)
            violations.Add(
                field, WireReasons.TextTooLong, string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
                $"up to {ProposeAmendment.DefinitionBytesMax} bytes of UTF-8");
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

    private static string RuleOf(AmendmentDraft draft) => draft.Rule[(draft.Rule.IndexOf('/', StringComparison.Ordinal) + 1)..];

    private static Refusal Refused(Reason reason, string amendment, string why) => new(reason, $"{amendment} {why}.")
    {
        Metadata = new Dictionary<string, string> { ["amendment"] = amendment },
    };
}
