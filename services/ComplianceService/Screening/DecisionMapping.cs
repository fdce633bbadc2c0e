using Google.Protobuf.WellKnownTypes;
using OrderTracking.ComplianceService.Lists;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Screening;

/// <summary>
/// Decisions as callers read them. Nothing here depends on when it is asked: the same facts, ship date and knowledge date give the same
/// bytes at any time.
/// </summary>
internal static class DecisionMapping
{
    private const string Inline = "INLINE";
    private const string NotInCatalogue = "NOT_IN_CATALOGUE";

    /// <summary>The answer to a question: not numbered, not stored, nobody's.</summary>
    public static V1.Decision WhatIf(Decision decision, ShipmentFacts facts)
    {
        var message = Of(decision, facts);
        message.Occasion = V1.Decision.Types.Occasion.WhatIf;
        return message;
    }

    /// <summary>What was decided, without name, number, occasion and actor, which the one who stores it adds.</summary>
    public static V1.Decision Of(Decision decision, ShipmentFacts facts)
    {
        var message = new V1.Decision
        {
            Outcome = WireCodes.Of(decision.Outcome),
            Facts = FactsMapping.Of(facts, decision.ItemUsed),
            ShipDate = WireDate.Of(decision.ShipDate),
            KnownAt = Timestamp.FromDateTimeOffset(decision.KnownAt),
            ItemFactsSource = SourceOf(decision.ItemUsed),
            FactsDigest = decision.FactsDigest,
            RulesDigest = decision.RuleSetDigest,
            CatalogueDigest = decision.CatalogueDigest,
            ListsDigest = decision.ListsDigest,
            EngineVersion = decision.EngineVersion,
        };
        message.Findings.Capacity = decision.Findings.Count;
        foreach (var finding in decision.Findings)
            message.Findings.Add(Of(finding));
        message.GoverningAmendments.Capacity = decision.GoverningAmendments.Count;
        foreach (var governing in decision.GoverningAmendments)
            message.GoverningAmendments.Add(governing.Amendment);
        message.Notices.AddRange(decision.Notices);
        foreach (var match in decision.PartyMatches)
            message.PartyMatches.Add(ListMapping.Of(match));
        return message;
    }

    public static V1.Finding Of(Finding finding)
    {
        var message = new V1.Finding
        {
            Rule = finding.Rule,
            Amendment = finding.Amendment,
            Effect = WireCodes.Of(finding.Effect),
            ReviewPolicy = WireCodes.Of(finding.ReviewPolicy),
            Explanation = finding.Explanation,
            Citation = finding.Citation,
            Certainty = WireCodes.Of(finding.Certainty),
        };
        if (finding.MissingFacts.Count > 0)
            message.MissingFacts.AddRange(finding.MissingFacts);
        return message;
    }

    private static string SourceOf(ItemUsed used) => used.Source switch
    {
        ItemSource.Inline => Inline,
        ItemSource.Catalogue => used.Revision ?? "",
        _ => NotInCatalogue,
    };
}
