using System.Reflection;
using OrderTracking.BuildingBlocks.Grpc;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Registers;

/// <summary>Callers act on reasons: a name or a code that changes breaks them, so the table changes only on purpose.</summary>
public sealed class ReasonsTests
{
    [Fact]
    public void The_reasons_of_compliance_are_those_of_the_table()
    {
        var written = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Cases", "reasons.txt")).ReplaceLineEndings("\n");

        Assert.Equal(written, string.Concat(Reasons().Select(reason => $"{reason.Name} {reason.Code}\n").Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Every_reason_has_one_code()
    {
        var twice = Reasons().Concat(Of(typeof(BuildingReasons))).GroupBy(reason => reason.Name).Where(group => group.Count() > 1).Select(
            group => group.Key);

        Assert.Empty(twice);
    }

    [Fact]
    public void A_reason_is_written_in_upper_snake_case() =>
        Assert.All(Reasons(), reason => Assert.Matches("^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$", reason.Name));

    private static IEnumerable<Reason> Reasons() =>
        typeof(ComplianceReasons).Assembly.GetTypes().Where(type => type.Name.EndsWith("Reasons", StringComparison.Ordinal)).SelectMany(Of);

    private static IEnumerable<Reason> Of(Type table) =>
        table.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.FieldType == typeof(Reason)).Select(
            field => (Reason)field.GetValue(null)!);
}
