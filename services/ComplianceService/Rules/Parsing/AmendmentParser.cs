using OrderTracking.ComplianceService.Screening;
using YamlDotNet.RepresentationModel;

namespace OrderTracking.ComplianceService.Rules.Parsing;

/// <summary>Citation and the like: an amendment in a rule file may leave them to its rule, one given by itself must carry them.</summary>
internal sealed record Provenance(string Citation, string Source, Certainty Certainty, string CertaintyNote, string Sentence);

internal static class AmendmentParser
{
    private static readonly string[] ProvenanceKeys = ["citation", "source", "certainty", "certainty_note", "sentence"];
    private static readonly string[] ContentKeys = ["status", "effective", "scope", "item", "policy", .. ProvenanceKeys];

    /// <summary>Reads the content of one amendment, as given through the API.</summary>
    /// <exception cref="RuleFileException">The text is refused; every error found is in it, with line and reason.</exception>
    public static AmendmentContent Parse(string yaml, string sourceName, Vocabulary vocabulary)
    {
        var (text, root) = RuleText.Read(yaml, sourceName);
        var content = Fields.Of(text, root, "an amendment", ContentKeys) is { } fields
            ? Read(text, fields, vocabulary, ReadProvenance(text, fields, null))
            : null;
        text.ThrowIfAny();
        return content!;
    }

    /// <summary>One entry of a rule file's amendments: content with the instant it was recorded.</summary>
    public static (DateTimeOffset? RecordedAt, AmendmentContent? Content) ReadRecorded(
        RuleText text, YamlNode node, Vocabulary vocabulary, Provenance? ofRule)
    {
        if (Fields.Of(text, node, "an amendment", ["recorded", .. ContentKeys]) is not { } fields)
            return (null, null);
        var provenance = ReadProvenance(text, fields, ofRule);
        return (Recorded(text, fields), Read(text, fields, vocabulary, provenance));
    }

    public static Provenance? ReadProvenance(RuleText text, Fields fields, Provenance? inherited)
    {
        if (inherited is not null && !ProvenanceKeys.Any(key => fields.Find(key) is not null))
            return inherited;
        string Words(string key, string? fallback) =>
            fallback is not null && fields.Find(key) is null ? fallback : fields.Words(key);
        var certainty = inherited is not null && fields.Find("certainty") is null ? inherited.Certainty : ReadCertainty(text, fields);
        var note = fields.Find("certainty_note") is null ? inherited?.CertaintyNote ?? "" : fields.Words("certainty_note");
        return new Provenance(
            Words("citation", inherited?.Citation),
            Words("source", inherited?.Source),
            certainty,
            note,
            Words("sentence", inherited?.Sentence));
    }

    private static AmendmentContent? Read(RuleText text, Fields fields, Vocabulary vocabulary, Provenance? provenance)
    {
        var status = ReadStatus(text, fields);
        var effective = ReadWindow(text, fields);
        Condition? scope = null, item = null;
        Policy? policy = null;
        if (status == AmendmentStatus.InForce)
        {
            var conditions = new ConditionParser(text, vocabulary);
            scope = fields.Require("scope") is { } scopeNode ? conditions.Read(scopeNode, Sight.Shipment, "'scope'") : null;
            item = fields.Require("item") is { } itemNode ? conditions.Read(itemNode, Sight.Item, "'item'") : null;
            policy = fields.Require("policy") is { } policyNode ? new PolicyParser(text, vocabulary, conditions).Read(policyNode) : null;
        }
        else if (status is { } other)
            foreach (var key in (string[])["scope", "item", "policy"])
                if (fields.Find(key) is { } node)
                    text.Refuse(node, $"'{key}' has no meaning while the status is {Canonical.Code(other.ToString())}");

        return status is null || effective is null || provenance is null
            ? null
            : new AmendmentContent(
                status.Value, effective, scope, item, policy,
                provenance.Citation, provenance.Source, provenance.Certainty, provenance.CertaintyNote, provenance.Sentence);
    }

    private static AmendmentStatus? ReadStatus(RuleText text, Fields fields)
    {
        if (fields.Require("status") is not { } node || Fields.Scalar(text, node, "status") is not { } written)
            return null;
        var status = Codes.Find<AmendmentStatus>(written);
        if (status is null)
            text.Refuse(node, $"unknown status '{written}'; known are {Codes.List<AmendmentStatus>()}");
        return status;
    }

    private static EffectiveWindow? ReadWindow(RuleText text, Fields fields)
    {
        if (fields.Require("effective") is not { } node)
            return null;
        if (node is YamlScalarNode { Value: "always" })
            return EffectiveWindow.Always;
        if (Fields.Of(text, node, "'effective'", "from", "to") is not { } ends)
            return null;
        var window = new EffectiveWindow(ends.OptionalDate("from"), ends.OptionalDate("to"));
        if (ends.Find("from") is null && ends.Find("to") is null)
            text.Refuse(node, "'effective' has neither from nor to; write 'always' for a window open at both ends");
        if (window is { From: { } from, To: { } to } && from >= to)
            text.Refuse(node, $"the window from {Canonical.Date(from)} to {Canonical.Date(to)} is empty; 'to' is the first day after it");
        return window;
    }

    private static DateTimeOffset? Recorded(RuleText text, Fields fields)
    {
        if (fields.Require("recorded") is not { } node || node is YamlScalarNode { Value: "always" })
            return null;
        return Fields.Date(text, node, "recorded") is { } date ? new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero) : null;
    }

    private static Certainty ReadCertainty(RuleText text, Fields fields)
    {
        var written = fields.Words("certainty");
        if (Codes.FindCertainty(written) is { } certainty)
            return certainty;
        if (written.Length > 0)
            text.Refuse(fields.Find("certainty")!, $"unknown certainty '{written}'; known are {Codes.Certainties}");
        return Certainty.Unconfirmed;
    }
}
