using OrderTracking.BuildingBlocks.Grpc;
using Xunit;

namespace OrderTracking.BuildingBlocks.Tests.Grpc;

public sealed class FieldPathTests
{
    [Fact]
    public void A_path_reads_as_the_text_it_was_written_as()
    {
        FieldPath order = "order";
        FieldPath lines = $"{order}.lines[{12}]";
        FieldPath fact = $"{lines}.item.{"tpp"}";
        Assert.Equal("order.lines[12].item.tpp", fact.ToString());
        Assert.Equal("order.lines[12]", lines.ToString());
    }

    [Fact]
    public void A_path_that_goes_deeper_than_there_are_places_loses_nothing()
    {
        FieldPath path = "a";
        var expected = "a";
        for (var depth = 0; depth < 30; depth++)
        {
            path = Deeper(path, depth);
            expected += $".b[{depth}]";
        }

        Assert.Equal(expected, path.ToString());
    }

    [Fact]
    public void A_path_can_begin_with_a_word_before_another_path()
    {
        FieldPath facts = "facts";
        FieldPath item = $"{facts}.item";
        FieldPath path = $"checks.{item}.family";
        Assert.Equal("checks.facts.item.family", path.ToString());
    }

    [Fact]
    public void What_is_wrong_is_told_with_its_path()
    {
        var violations = new Violations();
        FieldPath order = "order";
        violations.Add($"{order}.lines[{2}].quantity", BuildingReasons.FieldTooLarge, "7", "less");
        var found = Assert.Single(violations.Found);
        Assert.Equal("order.lines[2].quantity", found.Field);
        Assert.Equal("order.lines[2].quantity is '7'; allowed: less.", found.Description);
    }

    private static FieldPath Deeper(in FieldPath path, int depth) => (FieldPath)$"{path}.b[{depth}]";
}
