using System.Text;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>What a policy comes to: an effect, and the review policy when a licence is required.</summary>
internal readonly record struct PolicyAnswer(Effect Effect, ReviewPolicy ReviewPolicy)
{
    public override string ToString() => Canonical.Code(Effect == Effect.LicenceRequired ? ReviewPolicy.ToString() : Effect.ToString());
}

/// <summary>A step that can answer: its place, such as 2.1, and its answer and condition in words.</summary>
internal readonly record struct PolicyBranch(string Path, string Words);

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

    /// <summary>Which step answers: its place from 1, and the place in the policy it leads to after a dot.</summary>
    public string BranchOf(Inputs inputs)
    {
        var index = Array.FindIndex(steps, step => step.When.Evaluate(inputs) == Truth.True);
        return steps[index].Nested is { } nested ? $"{index + 1}.{nested.BranchOf(inputs)}" : $"{index + 1}";
    }

    /// <summary>Every step that can answer, by the names <see cref="BranchOf"/> gives.</summary>
    public IEnumerable<PolicyBranch> Branches()
    {
        for (var index = 0; index < steps.Length; index++)
            if (steps[index].Nested is not { } nested)
                yield return new PolicyBranch($"{index + 1}", Words(steps[index], steps[index].Answer!.Value.ToString()));
            else
                foreach (var branch in nested.Branches())
                    yield return new PolicyBranch($"{index + 1}.{branch.Path}", Words(steps[index], branch.Words));
    }

    private static string Words(PolicyStep step, string then)
    {
        if (step.When is Anything)
            return then;
        var when = new StringBuilder();
        step.When.WriteCanonical(when);
        return $"{then} when {when}";
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
