using OrderTracking.ComplianceService.Lists;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Rules.Index;

namespace OrderTracking.ComplianceService.Screening;

/// <summary>Turns a verdict into findings with their explanations, alphabetical by rule.</summary>
internal static class Findings
{
    private const string ParentQuestion =
        "For these parties neither the country of the ultimate parent nor that there is none was stated: ";

    private const string OwnershipQuestion = "For these parties a listed owner is named, but not the share it holds: ";

    private static readonly Comparison<Finding> ByRule = (one, other) => string.CompareOrdinal(one.Rule, other.Rule);

    public static IReadOnlyList<Finding> Of(Inputs inputs, RuleIndex index, List<FiredRule> fired)
    {
        var findings = new List<Finding>(fired.Count + 3);
        foreach (var one in fired)
        {
            var item = inputs.ItemRowIn(index).WordsOf(one.Bound, inputs);
            findings.Add(one.Effect == Effect.Undetermined ? Undetermined(inputs, one, item) : Applies(inputs, one, item));
        }

        AddReasons(inputs, findings);
        findings.Sort(ByRule);
        return findings;
    }

    /// <summary>The findings that no rule makes, in no order.</summary>
    public static void AddReasons(Inputs inputs, List<Finding> findings)
    {
        if (inputs.PartNotInCatalogue)
            findings.Add(PartNotInCatalogue(inputs));
        if (inputs.ParentNotStated)
            findings.Add(Review(ReviewReasons.ParentNotStated, ParentQuestion + Names(inputs, party => party.UltimateParent is null)));
        if (inputs.OwnershipUnknown)
            findings.Add(Review(ReviewReasons.OwnershipUnknown, OwnershipQuestion + Names(inputs, Inputs.OwnershipIsUnknown)));
        if (inputs.Screening != PartyScreening.None)
            PartyFindings.Add(inputs.Screening, findings);
    }

    private static Finding Applies(Inputs inputs, FiredRule fired, ItemWords item)
    {
        var statements = new List<string>();
        fired.Bound.Scope.Explain(inputs, statements);
        statements.AddRange(item.Statements);
        var reasons = new List<string>();
        fired.Bound.Policy.Explain(inputs, reasons);
        var because = reasons.Count == 0 ? "" : $", because {Sentence(reasons)}";
        var end = fired.Effect == Effect.Prohibited
            ? $"The shipment is prohibited{because}."
            : $"A licence is required; {Words(fired.ReviewPolicy)}{because}.";
        return Of(fired, [], $"{fired.Bound.Amendment.Content.Sentence} Here {Sentence(statements)}. {end}");
    }

    private static Finding Undetermined(Inputs inputs, FiredRule fired, ItemWords item)
    {
        var statements = new List<string>();
        fired.Bound.Scope.Explain(inputs, statements);
        var needed = item.Missing.Count > 0
            ? $"Facts that would decide it: {string.Join(", ", item.Missing)}."
            : "No value of the facts that are not known would change the answer; they are still needed to give it.";
        var here = $"{fired.Bound.Amendment.Content.Sentence} Here {Sentence(statements)}.";
        return Of(fired, item.Missing, $"{here} Whether the item is meant cannot be decided: {Sentence(item.Statements)}. {needed}");
    }

    private static Finding Of(FiredRule fired, IReadOnlyList<string> missing, string explanation)
    {
        var amendment = fired.Bound.Amendment;
        return new Finding(
            amendment.Rule, amendment.Name, fired.Effect, fired.ReviewPolicy, missing, explanation,
            amendment.Content.Citation, amendment.Content.Certainty, amendment.Content.CertaintyNote);
    }

    private static Finding PartNotInCatalogue(Inputs inputs)
    {
        IReadOnlyList<string> missing = inputs.Family is null ? FactNames.All : [.. FactNames.All.Where(name => name != FactNames.Family)];
        return new Finding(
            ReviewReasons.PartNotInCatalogue, "", Effect.Undetermined, ReviewPolicy.None, missing,
            $"The part {inputs.Facts.Item.PartNumber} is not in the catalogue and no facts were given, so no item test can be decided.",
            "", null, "");
    }

    private static Finding Review(string reason, string explanation) =>
        new(reason, "", Effect.Review, ReviewPolicy.None, [], explanation + ".", "", null, "");

    private static string Names(Inputs inputs, Func<Party, bool> concerned) =>
        string.Join(", ", inputs.Facts.Parties.Where(concerned).Select(party => party.Name));

    private static string Sentence(IReadOnlyList<string> statements) => statements.Count switch
    {
        0 => "it applies to every such shipment",
        1 => statements[0],
        _ => string.Join("; ", statements.Distinct(StringComparer.Ordinal)),
    };

    private static string Words(ReviewPolicy policy) => policy switch
    {
        ReviewPolicy.PresumptionOfDenial => "applications are presumed to be denied",
        ReviewPolicy.CaseByCase => "applications are reviewed case by case",
        ReviewPolicy.PresumptionOfApproval => "applications are presumed to be approved",
        _ => "no review policy is stated",
    };
}
