using System.Reflection;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Host;
using Xunit;

namespace OrderTracking.SystemTests.Contracts;

/// <summary>Callers branch on reasons, so the whole list is a contract.</summary>
public class ReasonTests
{
    private const BindingFlags Statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly IReadOnlyList<(string Owner, Reason Reason)> All =
    [
        .. Assemblies().SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Name.EndsWith("Reasons", StringComparison.Ordinal))
            .SelectMany(type => ReasonsOf(type).Select(reason => (Owner: type.Name, Reason: reason)))
            .OrderBy(entry => entry.Owner, StringComparer.Ordinal)
            .ThenBy(entry => entry.Reason.Name, StringComparer.Ordinal),
    ];

    [Fact]
    public void Reasons_and_their_codes_are_as_committed()
    {
        var lines = All.Select(entry => $"{entry.Owner},{entry.Reason.Name},{entry.Reason.Code}\n");
        Golden.Matches("reasons.csv", "owner,reason,code\n" + string.Concat(lines));
    }

    [Fact]
    public void A_reason_has_one_code_wherever_it_is_given()
    {
        Assert.All(All.GroupBy(entry => entry.Reason.Name), same => Assert.Single(same.Select(entry => entry.Reason.Code).Distinct()));
        Assert.All(All, entry => Assert.Matches("^[A-Z][A-Z0-9_]+[A-Z0-9]$", entry.Reason.Name));
    }

    private static IEnumerable<Reason> ReasonsOf(Type type) =>
        type.GetFields(Statics).Where(field => field.FieldType == typeof(Reason)).Select(field => (Reason)field.GetValue(null)!);

    // Everything the host is made of; an assembly that is only referenced is not loaded yet.
    private static IEnumerable<Assembly> Assemblies()
    {
        var services = Referenced(typeof(HostApp).Assembly).ToList();
        return services.Concat(services.SelectMany(Referenced)).Distinct();
    }

    private static IEnumerable<Assembly> Referenced(Assembly assembly) => assembly.GetReferencedAssemblies()
        .Where(name => name.Name!.StartsWith("OrderTracking.", StringComparison.Ordinal))
        .Select(Assembly.Load);
}
