using System.Text;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>What a policy comes to: an effect, and the review policy when a licence is required.</summary>
internal readonly record struct PolicyAnswer(Effect Effect, ReviewPolicy ReviewPolicy);

/// <summary>
/// One step: the first whose condition holds answers, by itself or through another policy. Exactly one of the two is given.
/// </summary>
internal sealed record PolicyStep(Condition When, PolicyAnswer? Answer, Policy? Nested);

/// <summary>An ordered list of conditions and answers whose last step always holds. An unknown condition counts as not met.</summary>
internal sealed class Policy(PolicyStep[] steps)
{
    public PolicyAnswer Evaluate(Inputs inputs)
    {
        foreach (var step in steps)
            if (step.When.Evaluate(inputs) == Truth.True)
                return step.Answer ?? step.Nested!.Evaluate(inputs);
        throw new InvalidOperationException("The last step of a policy has no condition.");
    }

    /// <summary>The statements of the step that answered; none for an unconditional one.</summary>
    public void Explain(Inputs inputs, List<string> statements)
    {
        foreach (var step in steps)
        {
            if (step.When.Evaluate(inputs) != Truth.True)
                continue;
            step.When.Explain(inputs, statements);
            step.Nested?.Explain(inputs, statements);
            return;
        }
    }

    public Policy Bind(IPlaceMembers members) => new(Array.ConvertAll(
        steps, step => new PolicyStep(step.When.Bind(members), step.Answer, step.Nested?.Bind(members))));

    public void WriteCanonical(StringBuilder text)
    {
        foreach (var step in steps)
        {
            text.Append("(when ");
            step.When.WriteCanonical(text);
            text.Append(' ');
            if (step.Answer is { } answer)
                text.Append(answer.Effect).Append('/').Append(answer.ReviewPolicy);
            step.Nested?.WriteCanonical(text);
            text.Append(')');
        }
    }
}
