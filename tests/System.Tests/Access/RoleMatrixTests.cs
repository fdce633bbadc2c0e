using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.SystemTests.Contracts;
using OrderTracking.SystemTests.Running;
using Xunit;

namespace OrderTracking.SystemTests.Access;

public class RoleMatrixTests(SystemUnderTest system) : IClassFixture<SystemUnderTest>
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Matrix = RoleMatrix.Read();

    public static TheoryData<string> Methods => [.. ProtoContract.Served.Select(Path)];

    [Fact]
    public void Every_method_of_the_protos_is_listed_and_nothing_else()
    {
        Assert.Empty(RoleMatrix.Differences(ProtoContract.Served.Select(Path), Matrix.Keys));
        Assert.Equal(["a is not listed", "b is not served"], RoleMatrix.Differences(["a"], ["b"]));
    }

    [Fact]
    public void Protos_and_table_name_the_same_roles() =>
        Assert.All(ProtoContract.Served, method => Assert.Equal(Matrix[Path(method)].Order(), AccessTable.RolesOf(method).Order()));

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Exactly_the_listed_roles_are_let_in(string method)
    {
        foreach (var role in RoleMatrix.Roles)
        {
            var (code, reason) = await AnyMethod.Call(system.Host.As($"someone-{role}", role), method);
            var refused = code == StatusCode.PermissionDenied && reason == BuildingReasons.RoleNotAllowed.Name;
            Assert.True(refused != Matrix[method].Contains(role), $"{method} as {role}: {code} {reason}");
            Assert.NotEqual(StatusCode.Unauthenticated, code);
            Assert.NotEqual(StatusCode.Unimplemented, code);
            Assert.NotEqual(StatusCode.Internal, code);
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Nobody_is_let_in_without_a_token(string method)
    {
        var answer = await AnyMethod.Call(system.Host.Anonymous, method);
        Assert.Equal((StatusCode.Unauthenticated, BuildingReasons.TokenMissingOrInvalid.Name), answer);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_token_without_a_role_opens_nothing(string method)
    {
        var answer = await AnyMethod.Call(system.Host.As("nobody"), method);
        Assert.Equal((StatusCode.PermissionDenied, BuildingReasons.RoleNotAllowed.Name), answer);
    }

    private static string Path(Google.Protobuf.Reflection.MethodDescriptor method) => $"{method.Service.FullName}/{method.Name}";
}
