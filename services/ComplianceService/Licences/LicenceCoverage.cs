using System.Globalization;
using OrderTracking.ComplianceService.Licences.Exceptions;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Licences;

/// <summary>One reason why a licence does not cover a shipment.</summary>
/// <param name="Field">
/// rule, state, exception, notification, licensee, item, party, headquarters, destination_country, quantity, value or ship_date.
/// </param>
/// <param name="Reason">A stable code.</param>
internal sealed record CoverageMismatch(string Field, string Reason, string Description);

/// <summary>Whether a licence covers a shipment, and by which of its lines. Pure: the balance is what the licence given says.</summary>
/// <param name="Line">The line that covers it; null where something does not match.</param>
internal sealed record LicenceCoverage(LicenceLine? Line, IReadOnlyList<CoverageMismatch> Mismatches)
{
    /// <summary>Everything that does not match. What the shipment holds of the licence already counts as left for it.</summary>
    public static LicenceCoverage Of(Licence licence, LicenceUse use, HeldUse? held)
    {
        var mismatches = new List<CoverageMismatch>();
        void Differs(bool differs, string field, string reason, string description)
        {
            if (differs)
                mismatches.Add(new CoverageMismatch(field, reason, description));
        }

        Differs(licence.State != Licence.Active, "state", "LICENCE_NOT_ACTIVE", StateWords(licence));
        Differs(!licence.Rules.Contains(use.Rule), "rule", "RULE_NOT_COVERED", $"the licence does not name {use.Rule}");
        Differs(
            licence.IsException && !use.Exceptions.Contains(licence.Kind), "exception", "EXCEPTION_NOT_AVAILABLE",
            $"the terms of {Codes<LicenceKind>.Of(licence.Kind)} from {use.Rule} are not met: item, destination, headquarters or ship date");
        if (licence.Kind == LicenceKind.ExceptionNac && WhyNotNotified(licence.Notification, use) is { } why)
            mismatches.Add(new CoverageMismatch("notification", "NOTIFICATION_NOT_ANSWERED", why));
        Differs(
            licence.Licensee != use.Exporter, "licensee", "LICENSEE_DIFFERS",
            $"it was issued to {licence.Licensee}, the exporter is {use.Exporter}");
        Differs(
            !licence.Destinations.Contains(use.DestinationCountry), "destination_country", "DESTINATION_NOT_COVERED",
            $"the licence does not name the destination {use.DestinationCountry}");
        Differs(
            use.FirstShipDate < licence.ValidFrom || use.LastShipDate > licence.ValidTo, "ship_date", "SHIP_DATE_NOT_COVERED",
            $"the licence is valid from {Day(licence.ValidFrom)} to {Day(licence.ValidTo)}, "
                + $"the goods may leave from {Day(use.FirstShipDate)} to {Day(use.LastShipDate)}");
        foreach (var party in use.Parties)
        {
            Differs(
                !licence.Parties.Any(named => named.Means(party)), "party", "PARTY_NOT_COVERED",
                $"the licence does not name {party.Name} in {party.Country} as {Codes<PartyRole>.Of(party.Role)}");
            Differs(
                IsExcluded(licence, party), "headquarters", "HEADQUARTERS_EXCLUDED",
                $"{party.Name} has its headquarters or its ultimate parent where the licence excludes it");
        }

        var (line, ofLine) = BestLine(licence, use, held);
        mismatches.AddRange(ofLine);
        return new LicenceCoverage(mismatches.Count == 0 ? line : null, mismatches);
    }

    private static string StateWords(Licence licence) =>
        licence.StateReason.Length == 0 ? $"the licence is {licence.State}" : $"the licence is {licence.State} ({licence.StateReason})";

    // Silence of the authority is no answer, whatever time has gone by.
    private static string? WhyNotNotified(LicenceNotification? notification, LicenceUse use) => notification switch
    {
        null => "the authority was not notified of these terms",
        { Answer: "" } => $"the authority was notified on {Day(notification.NotifiedOn)} and has not answered",
        { Answer: LicenceNotification.Negative } => $"the authority answered in the negative on {Day(notification.AnsweredOn!.Value)}",
        _ when notification.AnsweredOn > use.FirstShipDate =>
            $"the authority answered on {Day(notification.AnsweredOn.Value)}, the goods may leave from {Day(use.FirstShipDate)}",
        _ => null,
    };

    // Read as the rules read it: who excludes CN excludes HK.
    private static bool IsExcluded(Licence licence, Party party) =>
        ((string?[])[party.HeadquartersCountry, party.UltimateParent?.Country]).OfType<string>().Any(
            country => licence.ExcludedHeadquarters.Contains(country)
                || licence.ExcludedHeadquarters.Contains(Screening.Countries.ReadByRules(country)));

    // Of several lines for the item the first that suffices counts; if none does, the one that lacks least is explained.
    private static (LicenceLine? Line, IReadOnlyList<CoverageMismatch> Mismatches) BestLine(Licence licence, LicenceUse use, HeldUse? held)
    {
        // What is held stays on its line as long as that suffices.
        HeldUse? On(LicenceLine line) => held is { Counts: true } && held.LineNumber == line.Number ? held : null;
        var candidates = licence.Lines.Where(line => line.Names(use))
            .Select(line => (Line: line, Mismatches: OfLine(line, use, On(line))))
            .OrderBy(candidate => candidate.Mismatches.Count)
            .ThenByDescending(candidate => On(candidate.Line) is not null)
            .ThenBy(candidate => candidate.Line.Number)
            .ToList();
        return candidates.Count > 0
            ? candidates[0]
            : (null, [NotNamed(use)]);
    }

    private static CoverageMismatch NotNamed(LicenceUse use)
    {
        var paragraphs = use.ControlParagraphs.Count == 0 ? "no control paragraph" : string.Join(", ", use.ControlParagraphs);
        return new CoverageMismatch(
            "item", "ITEM_NOT_COVERED",
            $"the licence names neither the part {use.PartNumber} nor the family {use.Family ?? "(unknown)"} nor {paragraphs}");
    }

    private static List<CoverageMismatch> OfLine(LicenceLine line, LicenceUse use, HeldUse? held)
    {
        var mismatches = new List<CoverageMismatch>();
        var left = line.QuantityLeft + (line.Quantity is null ? 0 : held?.Quantity ?? 0);
        if (use.Quantity > left)
            mismatches.Add(new CoverageMismatch(
                "quantity", "QUANTITY_NOT_LEFT",
                string.Create(
                    CultureInfo.InvariantCulture, $"{left} units are left on line {line.Number}, the shipment has {use.Quantity}")));
        if (line.Value is not { } limit)
            return mismatches;
        if (use.Value is not { } value)
            mismatches.Add(
                new CoverageMismatch("value", "VALUE_NOT_STATED", $"line {line.Number} limits the value, the shipment states none"));
        else if (value.CurrencyCode != limit.CurrencyCode)
            mismatches.Add(new CoverageMismatch(
                "value", "CURRENCY_DIFFERS", $"line {line.Number} counts in {limit.CurrencyCode}, the shipment in {value.CurrencyCode}"));
        else if (value.MinorUnits > line.ValueLeftMinor + (held?.Value?.MinorUnits ?? 0))
            mismatches.Add(new CoverageMismatch(
                "value", "VALUE_NOT_LEFT", $"less value is left on line {line.Number}, its tolerance included, than the shipment has"));
        return mismatches;
    }

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
