using System.Security.Claims;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.BuildingBlocks.Tests.Probe;

namespace OrderTracking.BuildingBlocks.Tests.Grpc;

public sealed class AccessTests : IAsyncLifetime
{
    private ProbeHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ProbeHost.Start((_, context) =>
    {
        var actor = context.Actor();
        return Task.FromResult(new AskResponse { Answer = $"{actor.Subject}:{string.Join('+', actor.Roles.Order())}" });
    });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_actor_is_who_the_token_says()
    {
        var answer = await _host.Client.AskAsync(new AskRequest(), _host.As("erp-1", "caller", "analyst"));
        Assert.Equal("erp-1:analyst+caller", answer.Answer);
    }

    [Fact]
    public async Task One_role_of_the_methods_is_enough_and_others_are_not()
    {
        await _host.Client.DecideAsync(new AskRequest(), _host.As("o", "analyst", "officer"));
        var error = await Assert.ThrowsAsync<RpcException>(async () => await _host.Client.DecideAsync(new AskRequest(), _host.As("a", "caller", "analyst", "Officer")));
        var info = error.GetRpcStatus()!.GetDetail<ErrorInfo>()!;
        Assert.Equal((StatusCode.PermissionDenied, "ROLE_NOT_ALLOWED", "officer"), (error.StatusCode, info.Reason, info.Metadata["allowed_roles"]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer nonsense")]
    [InlineData("Basic YTpi")]
    [InlineData("expired")]
    [InlineData("other key")]
    [InlineData("no signature")]
    public async Task Without_a_valid_token_nothing_is_answered(string? authorization)
    {
        using var elsewhere = new TemporaryDirectory();
        authorization = authorization switch
        {
            "expired" => ExpiredToken(),
            "other key" => "Bearer " + new DevelopmentTokens(elsewhere.Path).Mint("intruder", ["caller"], TimeSpan.FromMinutes(1)),
            "no signature" => _host.As("caller-1", "caller").GetValue("authorization")!.Split('.') is [var head, var body, ..] ? $"{head}.{body}." : "",
            _ => authorization,
        };
        var headers = new Metadata();
        if (authorization is not null)
            headers.Add("authorization", authorization);
        var error = await Assert.ThrowsAsync<RpcException>(async () => await _host.Client.AskAsync(new AskRequest(), headers));
        Assert.Equal(StatusCode.Unauthenticated, error.StatusCode);
        Assert.Equal("TOKEN_MISSING_OR_INVALID", error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
    }

    [Fact]
    public async Task A_service_calls_under_its_own_name()
    {
        var answer = await _host.Services.GetRequiredService<ProbeService.ProbeServiceClient>().AskAsync(new AskRequest());
        Assert.Equal("tester:service", answer.Answer);
    }

    [Fact]
    public async Task A_method_that_states_no_access_stops_the_start()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => ProbeHost.Start(
            (_, _) => Task.FromResult(new AskResponse()), app => app.MapGrpcService<UnlistedImplementation>()));
        Assert.Contains("/ordertracking.probe.v1.UnlistedService/Ask", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_names_every_served_method()
    {
        var table = _host.Services.GetRequiredService<AccessTable>();
        Assert.Equal(["ordertracking.messaging.v1.DeadLetterService", "ordertracking.probe.v1.ProbeService"], table.Services);
        Assert.Equal(["caller", "service"], table.RolesOf("/ordertracking.probe.v1.ProbeService/Ask").Order());
        Assert.Empty(table.RolesOf("/ordertracking.probe.v1.ProbeService/Unknown"));
    }

    [Fact]
    public void The_key_is_its_owners_only_and_is_made_once()
    {
        using var directory = new TemporaryDirectory();
        _ = new DevelopmentTokens(directory.Path);
        var file = Assert.Single(Directory.GetFiles(directory.Path));
        var key = File.ReadAllBytes(file);
        _ = new DevelopmentTokens(directory.Path);
        Assert.Equal(key, File.ReadAllBytes(file));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    private string ExpiredToken()
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var key = new SymmetricSecurityKey(File.ReadAllBytes(Assert.Single(Directory.GetFiles(_host.DataDirectory, "*.key"))));
        return "Bearer " + new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = DevelopmentTokens.Issuer,
            Audience = DevelopmentTokens.Audience,
            NotBefore = now.AddHours(-2),
            IssuedAt = now.AddHours(-2),
            Expires = now.AddHours(-1),
            Subject = new ClaimsIdentity([new Claim(Actor.SubjectClaim, "caller-1"), new Claim(Actor.RolesClaim, "caller")]),
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
        });
    }
}
