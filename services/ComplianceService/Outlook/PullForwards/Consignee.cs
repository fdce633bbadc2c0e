using System.Globalization;
using System.Text;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Outlook.PullForwards;

/// <summary>Who gets the goods in the end.</summary>
/// <param name="Key">One text for all spellings of a name that differ in case, width, blanks, punctuation or accents, with the country.</param>
internal sealed record Consignee(string Key, string Name, string Country)
{
    /// <summary>
    /// The ultimate consignees; where none is named the end users; where none is named either, every party. Each is counted, or naming a
    /// second one would hide the first.
    /// </summary>
    public static IReadOnlyList<Consignee> Of(ShipmentFacts facts)
    {
        var named = facts.Parties.Where(party => party.Role == PartyRole.UltimateConsignee).ToList();
        if (named.Count == 0)
            named = [.. facts.Parties.Where(party => party.Role == PartyRole.EndUser)];
        return
        [
            .. (named.Count == 0 ? facts.Parties : named)
                .Select(party => new Consignee(KeyOf(party.Name, party.Country), party.Name, party.Country))
                .DistinctBy(consignee => consignee.Key),
        ];
    }

    public static string KeyOf(string name, string country)
    {
        var key = new StringBuilder(name.Length + 3);
        foreach (var letter in name.Normalize(NormalizationForm.FormKD))
            if (char.IsLetterOrDigit(letter))
                key.Append(char.ToUpperInvariant(letter));

        // A name of signs alone is still a name.
        if (key.Length == 0)
            key.Append(name.Trim());
        return KeyText.Fit(key.Append(CultureInfo.InvariantCulture, $"/{country}").ToString());
    }
}
