using System.Globalization;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;
using WireTypes = OrderTracking.Types.V1;

namespace OrderTracking.ComplianceService.Outlook.Remedies;

/// <summary>Remedies as staff read them.</summary>
internal static class RemedyMapping
{
    private const string BewareOfDiversion =
        "A change of destination is a red flag of diversion: it is a remedy only where the goods are really meant for that country.";

    private const string BewareOfWishes = "Facts are found out, not chosen: the values are an example, and other values may hold or block the goods.";

    public static V1.Remedy Of(Remedy remedy, RemedySpace space)
    {
        var message = new V1.Remedy
        {
            Outcome = WireCodes.Of(remedy.After.Outcome),
            Explanation = string.Join(" And: ", remedy.Changes.Select(change => Words(change, space.Day))),
            Caution = string.Join(' ', remedy.Changes.Select(Caution).Where(caution => caution.Length > 0)),
        };
        message.Changes.AddRange(remedy.Changes.Select(change => Of(change, space)));
        return message;
    }

    public static V1.RemedyAttempt Of(RemedyAttempt attempt)
    {
        var message = new V1.RemedyAttempt { Kind = Of(attempt.Kind), TriedCount = attempt.Tried };
        message.Rules.AddRange(attempt.Rules);
        return message;
    }

    private static V1.Remedy.Types.Change Of(RemedyChange change, RemedySpace space)
    {
        var message = new V1.Remedy.Types.Change { Kind = Of(change.Kind) };
        switch (change)
        {
            case RemedyChange.Date date:
                message.ShipDate = WireDate.Of(date.Day);
                message.DistanceDays = date.Day.DayNumber - space.Day.DayNumber;
                break;
            case RemedyChange.Licence licence:
                message.CoveredRules.AddRange(licence.Rules.Select(Of));
                break;
            case RemedyChange.Settle settle:
                message.SettledRules.AddRange(settle.Rules);
                break;
            case RemedyChange.Facts facts:
                message.FactNames.AddRange(facts.Names);
                message.Example = FactsMapping.Of(facts.Example, DecisionEngine.Resolve(facts.Example.Item, space.KnownAt, space.Head.Catalogue));
                break;
            case RemedyChange.Part part:
                message.Item = new WireTypes.Item { PartNumber = part.PartNumber };
                message.PartDistance = (double)part.Distance;
                break;
            case RemedyChange.Destination destination:
                message.DestinationCountry = destination.Country;
                break;
        }

        return message;
    }

    private static V1.Remedy.Types.CoveredRule Of(CoveredRule covered) => new()
    {
        Rule = covered.Rule,
        Licence = Names.Licence(covered.LicenceId),
        Number = covered.LicenceNumber,
        QuantityLeft = covered.QuantityLeft,
    };

    private static string Words(RemedyChange change, DateOnly day) => change switch
    {
        RemedyChange.Date date when date.Day < day => string.Create(
            CultureInfo.InvariantCulture, $"Ship on {date.Day:yyyy-MM-dd}, {day.DayNumber - date.Day.DayNumber} days earlier."),
        RemedyChange.Date date => string.Create(
            CultureInfo.InvariantCulture, $"Ship on {date.Day:yyyy-MM-dd}, {date.Day.DayNumber - day.DayNumber} days later."),
        RemedyChange.Licence licence =>
            $"Release it under {string.Join(" and ", licence.Rules.Select(rule => $"licence {rule.LicenceNumber} for {rule.Rule}"))}.",
        RemedyChange.Settle settle =>
            $"Have {string.Join(", ", settle.Rules)} released with a reason, proposed by one person and approved by an officer or counsel.",
        RemedyChange.Facts facts => $"Supply {string.Join(", ", facts.Names)}: there are values that clear it.",
        RemedyChange.Part part => $"Ship {part.PartNumber} instead.",
        RemedyChange.Destination destination => $"Ship to {destination.Country} instead.",
        _ => throw new ArgumentException($"{change.Kind} has no words.", nameof(change)),
    };

    private static string Caution(RemedyChange change) => change switch
    {
        RemedyChange.Destination => BewareOfDiversion,
        RemedyChange.Facts => BewareOfWishes,
        _ => "",
    };

    private static V1.Remedy.Types.Kind Of(RemedyKind kind) => kind switch
    {
        RemedyKind.Date => V1.Remedy.Types.Kind.Date,
        RemedyKind.Licence => V1.Remedy.Types.Kind.Licence,
        RemedyKind.Settle => V1.Remedy.Types.Kind.Settle,
        RemedyKind.Facts => V1.Remedy.Types.Kind.Facts,
        RemedyKind.Part => V1.Remedy.Types.Kind.Part,
        _ => V1.Remedy.Types.Kind.Destination,
    };
}
