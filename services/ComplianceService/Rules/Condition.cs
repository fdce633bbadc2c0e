using System.Text;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>Gives the members of a set of places on one ship date, as known at one instant.</summary>
internal interface IPlaceMembers
{
    CountrySet Of(PlaceSet places);
}

/// <summary>
/// A node of a scope, an item test or the condition of a review policy. Parsed once; <see cref="Bind"/> gives the tree whose places are
/// resolved for an interval of ship dates, and only that one can be evaluated.
/// </summary>
internal abstract class Condition
{
    public abstract Truth Evaluate(Inputs inputs);

    public virtual Condition Bind(IPlaceMembers members) => this;

    /// <summary>The text digests are made of: equal for equal meaning, names of definitions expanded.</summary>
    public abstract void WriteCanonical(StringBuilder text);

    /// <summary>Adds the comparisons that make this condition what it is for these inputs, in an officer's words.</summary>
    public abstract void Explain(Inputs inputs, List<string> statements);

    public virtual IReadOnlyList<Condition> Children => [];
}

/// <summary>Always true: scope or item "any".</summary>
internal sealed class Anything : Condition
{
    public static Anything Instance { get; } = new();

    public override Truth Evaluate(Inputs inputs) => Truth.True;

    public override void WriteCanonical(StringBuilder text) => text.Append("any");

    public override void Explain(Inputs inputs, List<string> statements)
    {
    }
}

internal sealed class AllOf(Condition[] parts) : Condition
{
    public override IReadOnlyList<Condition> Children => parts;

    public override Truth Evaluate(Inputs inputs)
    {
        var result = Truth.True;
        foreach (var part in parts)
        {
            result = Kleene.And(result, part.Evaluate(inputs));
            if (result == Truth.False)
                break;
        }

        return result;
    }

    public override Condition Bind(IPlaceMembers members) => new AllOf(Array.ConvertAll(parts, part => part.Bind(members)));

    public override void WriteCanonical(StringBuilder text) => Canonical.WriteGroup(text, "all", parts);

    public override void Explain(Inputs inputs, List<string> statements) => Explanation.OfDeciding(this, inputs, statements);
}

internal sealed class AnyOf(Condition[] parts) : Condition
{
    public override IReadOnlyList<Condition> Children => parts;

    public override Truth Evaluate(Inputs inputs)
    {
        var result = Truth.False;
        foreach (var part in parts)
        {
            result = Kleene.Or(result, part.Evaluate(inputs));
            if (result == Truth.True)
                break;
        }

        return result;
    }

    public override Condition Bind(IPlaceMembers members) => new AnyOf(Array.ConvertAll(parts, part => part.Bind(members)));

    public override void WriteCanonical(StringBuilder text) => Canonical.WriteGroup(text, "any", parts);

    public override void Explain(Inputs inputs, List<string> statements) => Explanation.OfDeciding(this, inputs, statements);
}

internal sealed class Not(Condition part) : Condition
{
    public override IReadOnlyList<Condition> Children { get; } = [part];

    public override Truth Evaluate(Inputs inputs) => Kleene.Not(part.Evaluate(inputs));

    public override Condition Bind(IPlaceMembers members) => new Not(part.Bind(members));

    public override void WriteCanonical(StringBuilder text) => Canonical.WriteGroup(text, "not", [part]);

    public override void Explain(Inputs inputs, List<string> statements) => part.Explain(inputs, statements);
}

internal static class Explanation
{
    /// <summary>
    /// The parts that share the truth of the whole decide it: of a true AND all, of a true OR those that hold, of an unknown one those
    /// not known.
    /// </summary>
    public static void OfDeciding(Condition whole, Inputs inputs, List<string> statements)
    {
        var truth = whole.Evaluate(inputs);
        foreach (var part in whole.Children)
            if (part.Evaluate(inputs) == truth)
                part.Explain(inputs, statements);
    }
}
