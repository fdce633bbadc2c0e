using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Host;
using OrderTracking.SystemTests.Access;
using OrderTracking.SystemTests.Contracts;
using Xunit;

namespace OrderTracking.SystemTests.Identity;

/// <summary>
/// Every method of every service, read from the descriptors, asked by everybody who must not be let in and by one who must: a method
/// that is added is asked too. Of access only its methods' own answers are no matter here.
/// </summary>
public abstract class AccessMatrix
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Roles = RoleMatrix.Read();

    public static TheoryData<string> Methods => [.. ProtoContract.Served.Select(method => $"{method.Service.FullName}/{method.Name}")];

    /// <summary>Who is nobody: UNAUTHENTICATED.</summary>
    protected abstract IReadOnlyList<Stranger> Strangers();

    /// <summary>Who is somebody without any role: PERMISSION_DENIED everywhere.</summary>
    protected abstract IReadOnlyList<Stranger> WithoutRole();

    /// <summary>Somebody with exactly this role.</summary>
    protected abstract Person As(string role);

    protected abstract Person With(string? token);

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Nobody_but_the_roles_of_the_method_gets_in(string method)
    {
        var wrong = new List<string>();
        foreach (var stranger in Strangers())
            await Expect(With(stranger.Token), stranger.Name, StatusCode.Unauthenticated, BuildingReasons.TokenMissingOrInvalid);
        foreach (var stranger in WithoutRole())
            await Expect(With(stranger.Token), stranger.Name, StatusCode.PermissionDenied, BuildingReasons.RoleNotAllowed);
        foreach (var role in RoleMatrix.Roles.Except(Roles[method]))
            await Expect(As(role), role, StatusCode.PermissionDenied, BuildingReasons.RoleNotAllowed);
        foreach (var role in Roles[method])
        {
            var (code, reason) = await AnyMethod.Call(As(role), method);
            if (code is StatusCode.Unauthenticated or StatusCode.Internal or StatusCode.Unimplemented or StatusCode.Unknown
                || reason == BuildingReasons.RoleNotAllowed.Name)
            {
                wrong.Add($"{role}, who may: {code} {reason}");
            }
        }

        Assert.True(wrong.Count == 0, $"{method} as {string.Join("; ", wrong)}");

        async Task Expect(Person person, string name, StatusCode code, Reason reason)
        {
            var answer = await AnyMethod.Call(person, method);
            if (answer != (code, reason.Name))
                wrong.Add($"{name}: {answer.Code} {answer.Reason} instead of {code} {reason.Name}");
        }
    }

    [Fact]
    public void Many_cases_are_asked_of_many_methods()
    {
        var cases = Strangers().Count + WithoutRole().Count + RoleMatrix.Roles.Count;
        Assert.True(Methods.Count >= 95 && cases >= 18, $"{Methods.Count} methods, {cases} cases");
        TestContext.Current.SendDiagnosticMessage($"{GetType().Name}: {Methods.Count} methods x {cases} cases = {Methods.Count * cases} calls");
    }
}
