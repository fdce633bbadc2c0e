using System.Reflection;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Host;
using Xunit;

namespace OrderTracking.SystemTests.Contracts;

public class ReasonTests
{
    private static readonly IReadOnlyList<(string Owner, Reason Reason)> All =
    [
        .. Assemblies().SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Name.EndsWith("Reasons", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Where(field => field.FieldType == typeof(Reason)).Select(field => (type.Name, (Reason)field.GetValue(null)!)))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal).ThenBy(entry => entry.Item2.Name, StringComparer.Ordinal),
    ];

    [Fact]
    public void Reasons_and_their_codes_are_as_committed() =>
        Golden.Matches("reasons.csv", "owner,reason,code\n" + string.Concat(All.Select(entry => $"{entry.Owner},{entry.Reason.Name},{entry.Reason.Code}\n")));

    [Fact]
    public void A_reason_has_one_code_wherever_it_is_given()
    {
        Assert.All(All.GroupBy(entry => entry.Reason.Name), same => Assert.Single(same.Select(entry => entry.Reason.Code).Distinct()));
        Assert.All(All, entry => Assert.Matches("^[A-Z][A-Z0-9_]+[A-Z0-9]$", entry.Reason.Name));
    }

    // Everything the host is made of; an assembly that is only referenced is not loaded yet.
    private static IEnumerable<Assembly> Assemblies() =>
        typeof(HostApp).Assembly.GetReferencedAssemblies().Where(name => name.Name!.StartsWith("OrderTracking.", StringComparison.Ordinal)).Select(Assembly.Load)
            .SelectMany(assembly => assembly.GetReferencedAssemblies().Where(name => name.Name!.StartsWith("OrderTracking.", StringComparison.Ordinal)).Select(Assembly.Load).Append(assembly))
            .Distinct();
}
