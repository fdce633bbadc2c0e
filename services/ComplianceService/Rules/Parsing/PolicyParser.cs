using OrderTracking.ComplianceService.Screening;
using YamlDotNet.RepresentationModel;

namespace OrderTracking.ComplianceService.Rules.Parsing;

/// <summary>A policy: one answer, or a list of steps {when, then} that ends with {otherwise}.</summary>
internal sealed class PolicyParser(RuleText text, Vocabulary vocabulary, ConditionParser conditions)
{
    private const string Prohibited = "PROHIBITED";

    public Policy? Read(YamlNode node)
    {
        if (node is not YamlSequenceNode sequence)
            return Answer(node, Anything.Instance) is { } only ? new Policy([only]) : null;
        var steps = new List<PolicyStep>();
        for (var i = 0; i < sequence.Children.Count; i++)
            if (Step(sequence.Children[i], isLast: i == sequence.Children.Count - 1) is { } step)
                steps.Add(step);
        if (sequence.Children.Count == 0)
            text.Refuse(node, "a policy has at least one step");
        return steps.Count == sequence.Children.Count && steps.Count > 0 ? new Policy([.. steps]) : null;
    }

    private PolicyStep? Step(YamlNode node, bool isLast)
    {
        if (Fields.Of(text, node, "a policy step", "when", "then", "otherwise") is not { } fields)
            return null;
        var otherwise = fields.Find("otherwise");
        if (otherwise is not null && (fields.Find("when") ?? fields.Find("then")) is not null)
            return Refused(node, "'otherwise' stands alone in its step");
        if (otherwise is null == isLast)
            return Refused(node, isLast ? "the last step of a policy is 'otherwise'" : "only the last step of a policy is 'otherwise'");
        if (otherwise is not null)
            return Answer(otherwise, Anything.Instance);
        var when = fields.Require("when") is { } condition ? conditions.Read(condition, Sight.Both, "'when'") : null;
        var then = fields.Require("then");
        return when is null || then is null ? null : Answer(then, when);
    }

    private PolicyStep? Answer(YamlNode node, Condition when)
    {
        if (Fields.Scalar(text, node, "policy") is not { } written)
            return null;
        if (written == Prohibited)
            return new PolicyStep(when, new PolicyAnswer(Effect.Prohibited, ReviewPolicy.None), null);
        if (Codes.Find<ReviewPolicy>(written) is { } review and not ReviewPolicy.None)
            return new PolicyStep(when, new PolicyAnswer(Effect.LicenceRequired, review), null);
        return vocabulary.Policies.TryGetValue(written, out var nested)
            ? new PolicyStep(when, null, nested)
            : Refused(node, $"unknown policy '{written}'");
    }

    private PolicyStep? Refused(YamlNode node, string reason)
    {
        text.Refuse(node, reason);
        return null;
    }
}
