using System.Globalization;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Contracts;

namespace OrderTracking.ComplianceService.Licences.Changes;

/// <summary>What an amendment of a licence does: whether it lets more through, and whether it takes away what is used. Pure.</summary>
internal static class Amendment
{
    /// <summary>
    /// True where anything is covered after it that was not before. A text of conditions that is not what it was counts: nobody but people
    /// can tell.
    /// </summary>
    public static bool Widens(Licence before, Licence after) =>
        after.ValidFrom < before.ValidFrom
        || after.ValidTo > before.ValidTo
        || after.ValueTolerancePercent > before.ValueTolerancePercent
        || after.Authority != before.Authority
        || after.Conditions != before.Conditions
        || after.Rules.Except(before.Rules).Any()
        || after.Destinations.Except(before.Destinations).Any()
        || before.ExcludedHeadquarters.Except(after.ExcludedHeadquarters).Any()
        || !after.Parties.All(party => before.Parties.Any(named => Within(party, named)))
        || after.Lines.Any(line => Widens(before.Lines.FirstOrDefault(known => known.Number == line.Number), line));

    private static bool Within(LicenceParty party, LicenceParty named) =>
        party.Country == named.Country && LicenceParty.KeyOf(party.Name) == LicenceParty.KeyOf(named.Name)
        && (named.Role is null || named.Role == party.Role);

    private static bool Widens(LicenceLine? before, LicenceLine after) =>
        before is null
        || !SameItem(before, after)
        || after.Quantity > before.Quantity
        || (after.Quantity is null && before.Quantity is not null)
        || (before.Value is { } value && (after.Value is null || after.Value.CurrencyCode != value.CurrencyCode || after.Value.MinorUnits > value.MinorUnits));

    private static bool SameItem(LicenceLine one, LicenceLine other) =>
        (one.PartNumber, one.Family, one.ControlParagraph) == (other.PartNumber, other.Family, other.ControlParagraph);

    /// <summary>The licence after the amendment with its balance carried over.</summary>
    /// <param name="counted">What shipments have of the licence now, reserved or drawn.</param>
    /// <exception cref="Refusal">LICENCE_BELOW_USED with one violation a line.</exception>
    public static Licence Carry(Licence before, Licence after, IReadOnlyList<HeldUse> counted)
    {
        var violations = new List<PreconditionViolation>();
        var lines = after.Lines.Select(line => line with { UsedValueMinor = UsedValue(line, counted) }).ToList();
        foreach (var used in before.Lines.Where(line => line.UsedQuantity > 0))
            if (WhyNot(used, lines.FirstOrDefault(line => line.Number == used.Number), counted) is { } why)
                violations.Add(new PreconditionViolation(
                    LicenceReasons.LicenceBelowUsed.Name, string.Create(CultureInfo.InvariantCulture, $"{before.Name}/lines/{used.Number}"), why));
        return violations.Count == 0 ? after with { Lines = lines } : throw new Refusal(
            LicenceReasons.LicenceBelowUsed, string.Join(" ", violations.Select(violation => violation.Description)))
        {
            Metadata = new Dictionary<string, string> { ["licence"] = before.Name },
            PreconditionViolations = violations,
        };
    }

    private static string? WhyNot(LicenceLine used, LicenceLine? after, IReadOnlyList<HeldUse> counted)
    {
        var units = string.Create(CultureInfo.InvariantCulture, $"Of line {used.Number} {used.UsedQuantity} units are reserved or drawn");
        if (after is null)
            return $"{units}; it cannot be removed.";
        if (!SameItem(used, after))
            return $"{units}; its item cannot be replaced.";
        if (after.QuantityLeft < 0)
            return $"{units}; fewer cannot be covered.";
        if (after.Value is not { } limit)
            return null;
        if (counted.Any(use => use.LineNumber == used.Number && use.Value?.CurrencyCode != limit.CurrencyCode))
            return $"{units}, not all valued in {limit.CurrencyCode}.";
        return after.ValueLeftMinor < 0 ? $"{units}, worth more than the value and its tolerance." : null;
    }

    private static long UsedValue(LicenceLine line, IReadOnlyList<HeldUse> counted) =>
        line.Value is null ? 0 : counted.Where(use => use.LineNumber == line.Number).Select(use => use.Value).OfType<MoneyAmount>()
            .Where(value => value.CurrencyCode == line.Value.CurrencyCode).Sum(value => value.MinorUnits);
}
