using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Tests.Screening;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Rules;

public sealed class KleeneTests
{
    [Theory]
    [InlineData("F F F F")]
    [InlineData("F U F U")]
    [InlineData("F T F T")]
    [InlineData("U F F U")]
    [InlineData("U U U U")]
    [InlineData("U T U T")]
    [InlineData("T F F T")]
    [InlineData("T U U T")]
    [InlineData("T T T T")]
    public void And_is_the_least_and_or_is_the_greatest(string row)
    {
        var (a, b, and, or) = row.Split(' ').Select(Read).ToArray() switch { var t => (t[0], t[1], t[2], t[3]) };
        var inputs = Inputs.Of(
            Pack.Shipment(new Item("X"), "DE", "2024-01-01"), new ItemUsed("X", null, ItemFacts.Unknown, ItemSource.Inline, null));

        Assert.Equal(and, Kleene.And(a, b));
        Assert.Equal(or, Kleene.Or(a, b));
        Assert.Equal(and, new AllOf([Constant(a), Constant(b)]).Evaluate(inputs));
        Assert.Equal(or, new AnyOf([Constant(a), Constant(b)]).Evaluate(inputs));
        Assert.Equal(Kleene.Not(a), new Not(Constant(a)).Evaluate(inputs));
    }

    [Theory]
    [InlineData("F", "T")]
    [InlineData("U", "U")]
    [InlineData("T", "F")]
    public void Not_leaves_the_unknown_unknown(string of, string expected)
    {
        Assert.Equal(Read(expected), Kleene.Not(Read(of)));
    }

    private static Truth Read(string letter) => letter switch { "F" => Truth.False, "T" => Truth.True, _ => Truth.Unknown };

    private static Condition Constant(Truth truth) => truth switch
    {
        Truth.True => Anything.Instance,
        Truth.False => new Not(Anything.Instance),
        _ => new Comparison([NumericFact.Tpp], Comparator.AtLeast, 1m),
    };
}
