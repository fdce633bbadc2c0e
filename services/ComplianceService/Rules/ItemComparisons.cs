using System.Globalization;
using System.Text;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Rules;

internal enum NumericFact
{
    Tpp,
    PerformanceDensity,
    IoBandwidth,
    MemoryBandwidth,
}

internal enum Comparator
{
    AtLeast,
    LessThan,
    MoreThan,
    AtMost,
}

/// <summary>A fact, or the sum of facts of one unit, against a threshold. Unknown as soon as one fact is unknown.</summary>
internal sealed class Comparison(NumericFact[] facts, Comparator comparator, decimal threshold) : Condition
{
    public IReadOnlyList<NumericFact> Facts => facts;

    public Comparator Comparator => comparator;

    public decimal Threshold => threshold;

    public override Truth Evaluate(Inputs inputs)
    {
        var sum = 0m;
        foreach (var fact in facts)
        {
            if (inputs.Number(fact) is not { } value)
                return Truth.Unknown;
            sum += value;
        }

        // A derived density is compared as TPP against threshold x area: a quotient would have to be rounded first.
        var limit = facts[0] == NumericFact.PerformanceDensity ? threshold * inputs.DensityDivisor : threshold;
        return Kleene.Of(comparator switch
        {
            Comparator.AtLeast => sum >= limit,
            Comparator.LessThan => sum < limit,
            Comparator.MoreThan => sum > limit,
            _ => sum <= limit,
        });
    }

    public override void WriteCanonical(StringBuilder text)
    {
        text.Append('(').Append(comparator).Append(' ').AppendJoin('+', facts.Select(FactNames.Of));
        text.Append(' ').Append(Canonical.Number(threshold)).Append(')');
    }

    public override void Explain(Inputs inputs, List<string> statements)
    {
        var unit = facts[0] == NumericFact.Tpp ? "" : " " + FactNames.Unit(facts[0]);
        var values = facts.Select(fact => FactNames.Words(fact) + " " + inputs.Describe(fact)).ToArray();
        var relation = (comparator, Evaluate(inputs)) switch
        {
            (Comparator.AtLeast, Truth.True) or (Comparator.LessThan, Truth.False) => "is at least",
            (Comparator.AtLeast, Truth.False) or (Comparator.LessThan, Truth.True) => "is below",
            (Comparator.MoreThan, Truth.True) or (Comparator.AtMost, Truth.False) => "is above",
            (Comparator.MoreThan, Truth.False) or (Comparator.AtMost, Truth.True) => "is at most",
            _ => "is needed to compare with",
        };
        var subject = string.Join(" plus ", values);
        if (facts.Length > 1 && facts.All(fact => inputs.Number(fact) is not null))
            subject += string.Create(CultureInfo.InvariantCulture, $" = {facts.Sum(fact => inputs.Number(fact)!.Value):#,##0.######}");
        statements.Add(string.Create(CultureInfo.InvariantCulture, $"{subject} {relation} {threshold:#,##0.######}{unit}"));
    }
}

internal sealed class DesignedForDataCenter(bool wanted) : Condition
{
    public override Truth Evaluate(Inputs inputs) =>
        inputs.DesignedForDataCenter is { } value ? Kleene.Of(value == wanted) : Truth.Unknown;

    public override void WriteCanonical(StringBuilder text) => text.Append(wanted ? "(data-center)" : "(not-data-center)");

    public override void Explain(Inputs inputs, List<string> statements) => statements.Add(inputs.DesignedForDataCenter switch
    {
        true => "it is designed for data centers",
        false => "it is not designed for data centers",
        null => "whether it is designed for data centers is not known",
    });
}

/// <summary>The chip family is one of those a letter names. Case is ignored: a letter must not be missed for a small letter.</summary>
internal sealed class FamilyIn(string[] families) : Condition
{
    public IReadOnlyList<string> Families => families;

    public override Truth Evaluate(Inputs inputs)
    {
        if (inputs.Family is not { } family)
            return Truth.Unknown;
        foreach (var named in families)
            if (string.Equals(named, family, StringComparison.OrdinalIgnoreCase))
                return Truth.True;
        return Truth.False;
    }

    public override void WriteCanonical(StringBuilder text) => Canonical.WriteWords(text, "family", families);

    public override void Explain(Inputs inputs, List<string> statements)
    {
        var named = string.Join(" or ", families);
        statements.Add(Evaluate(inputs) switch
        {
            Truth.True => $"the chip family is {inputs.Family}",
            Truth.False => $"the chip family {inputs.Family} is not {named}",
            _ => $"whether the chip family is {named} is not known",
        });
    }
}
