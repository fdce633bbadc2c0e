using System.Globalization;
using System.Text;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Rules;

internal sealed class DestinationIn(PlaceSet places, CountrySet? members = null) : Condition
{
    /// <summary>The countries, once the places are resolved.</summary>
    public CountrySet Members => Bound(members);

    public override Truth Evaluate(Inputs inputs) => Kleene.Of(Bound(members).Contains(inputs.Destination));

    public override Condition Bind(IPlaceMembers resolved) => new DestinationIn(places, resolved.Of(places));

    public override void WriteCanonical(StringBuilder text) => Canonical.WritePlaces(text, "destination", places);

    public override void Explain(Inputs inputs, List<string> statements)
    {
        var relation = Evaluate(inputs) == Truth.True ? "is in" : "is not in";
        statements.Add($"the destination {inputs.DestinationWords} {relation} {places.Words}");
    }

    internal static CountrySet Bound(CountrySet? members) =>
        members ?? throw new InvalidOperationException("The places of a condition are resolved before it is evaluated.");
}

/// <summary>A headquarters or ultimate-parent country of a party is one of the places.</summary>
internal sealed class HeadquartersMeet(PlaceSet places, CountrySet? members = null) : Condition
{
    /// <summary>The countries, once the places are resolved.</summary>
    public CountrySet Members => DestinationIn.Bound(members);

    public override Truth Evaluate(Inputs inputs) => Kleene.Of(inputs.Headquarters.Meets(DestinationIn.Bound(members)));

    public override Condition Bind(IPlaceMembers resolved) => new HeadquartersMeet(places, resolved.Of(places));

    public override void WriteCanonical(StringBuilder text) => Canonical.WritePlaces(text, "headquarters", places);

    public override void Explain(Inputs inputs, List<string> statements)
    {
        if (Evaluate(inputs) == Truth.False)
            statements.Add($"no party has its headquarters or ultimate parent in {places.Words}");
        else
            statements.Add($"{inputs.HeadquartersWords(DestinationIn.Bound(members))} in {places.Words}");
    }
}

internal sealed class PlaceOfExportIn(PlaceSet places, CountrySet? members = null) : Condition
{
    /// <summary>The countries, once the places are resolved.</summary>
    public CountrySet Members => DestinationIn.Bound(members);

    public override Truth Evaluate(Inputs inputs) => Kleene.Of(DestinationIn.Bound(members).Contains(inputs.PlaceOfExport));

    public override Condition Bind(IPlaceMembers resolved) => new PlaceOfExportIn(places, resolved.Of(places));

    public override void WriteCanonical(StringBuilder text) => Canonical.WritePlaces(text, "place-of-export", places);

    public override void Explain(Inputs inputs, List<string> statements)
    {
        var relation = Evaluate(inputs) == Truth.True ? "is in" : "is not in";
        statements.Add($"the place of export {inputs.Facts.PlaceOfExport.Country} {relation} {places.Words}");
    }
}

/// <summary>Letters bind their addressee only. Case is ignored so that a small letter does not let a chip pass.</summary>
internal sealed class ExporterIn(string[] exporters) : Condition
{
    public IReadOnlyList<string> Exporters => exporters;

    public override Truth Evaluate(Inputs inputs) => Kleene.Of(Names(inputs.Facts.Exporter));

    public bool Names(string stated)
    {
        foreach (var exporter in exporters)
            if (string.Equals(exporter, stated, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }

    public override void WriteCanonical(StringBuilder text) => Canonical.WriteWords(text, "exporter", exporters);

    public override void Explain(Inputs inputs, List<string> statements)
    {
        var relation = Evaluate(inputs) == Truth.True ? "is" : "is not";
        statements.Add($"the exporter {relation} {string.Join(" or ", exporters)}");
    }
}

internal sealed class MovementIn(Movement[] movements) : Condition
{
    public override Truth Evaluate(Inputs inputs) => Kleene.Of(Names(inputs.Facts.Movement));

    public bool Names(Movement movement) => Array.IndexOf(movements, movement) >= 0;

    public override void WriteCanonical(StringBuilder text) =>
        Canonical.WriteWords(text, "movement", Array.ConvertAll(movements, movement => Canonical.Code(movement.ToString())));

    public override void Explain(Inputs inputs, List<string> statements) =>
        statements.Add($"the movement is {Canonical.Code(inputs.Facts.Movement.ToString())}");
}

/// <summary>
/// A party with at least this share, in percent, held by listed owners. A share that was not given does not meet it: the finding
/// OWNERSHIP_UNKNOWN stands for it when an owner is named.
/// </summary>
internal sealed class ListedOwnerShareAtLeast(decimal percent) : Condition
{
    public decimal Percent => percent;

    public override Truth Evaluate(Inputs inputs) => Kleene.Of(inputs.ListedOwnerShareMax >= percent);

    public override void WriteCanonical(StringBuilder text) =>
        text.Append("(listed-owner-share ").Append(Canonical.Number(percent)).Append(')');

    public override void Explain(Inputs inputs, List<string> statements)
    {
        if (Evaluate(inputs) == Truth.False)
            statements.Add(string.Create(
                CultureInfo.InvariantCulture, $"no party is stated to be {percent:0.####} % owned by listed parties"));
        foreach (var party in inputs.Facts.Parties)
            if (party.ListedOwnerSharePercent is { } share && share >= percent)
                statements.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{party.Name} is {share:0.####} % owned by listed parties, at least {percent:0.####} %"));
    }
}
