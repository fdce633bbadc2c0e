using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Hosting.Identity;
using Xunit;

namespace OrderTracking.BuildingBlocks.Tests.Hosting;

public sealed class RememberedCallersTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    private readonly Clock _clock = new();
    private readonly Scheme _scheme = new();
    private readonly RememberedCallers _callers;

    public RememberedCallersTests() => _callers = new RememberedCallers(_clock);

    [Fact]
    public async Task A_valid_token_is_checked_once_a_moment()
    {
        _scheme.Valid["Bearer a"] = Start.AddHours(1);
        Assert.Equal(["a", "a", "a"], [await Call("Bearer a"), await Call("Bearer a"), await Call("Bearer a")]);
        Assert.Equal(1, _scheme.Checked);
        _clock.Now += TimeSpan.FromSeconds(10);
        Assert.Equal("a", await Call("Bearer a"));
        Assert.Equal(2, _scheme.Checked);
    }

    [Fact]
    public async Task A_token_is_not_remembered_beyond_its_end()
    {
        _scheme.Valid["Bearer a"] = Start.AddSeconds(3);
        Assert.Equal("a", await Call("Bearer a"));
        _clock.Now += TimeSpan.FromSeconds(3);
        _scheme.Valid.Clear();
        Assert.Null(await Call("Bearer a"));
    }

    [Fact]
    public async Task A_withdrawn_token_counts_for_a_moment_and_no_longer()
    {
        _scheme.Valid["Bearer a"] = Start.AddHours(1);
        Assert.Equal("a", await Call("Bearer a"));
        _scheme.Valid.Clear();
        _clock.Now += TimeSpan.FromSeconds(9.9);
        Assert.Equal("a", await Call("Bearer a"));
        _clock.Now += TimeSpan.FromSeconds(0.1);
        Assert.Null(await Call("Bearer a"));
    }

    [Fact]
    public async Task What_was_refused_is_checked_again_each_time()
    {
        Assert.Null(await Call("Bearer b"));
        _scheme.Valid["Bearer b"] = Start.AddHours(1);
        Assert.Equal("b", await Call("Bearer b"));
        Assert.Null(await Call("bearer b"));
        Assert.Null(await Call("Bearer b", "Bearer b"));
        Assert.Null(await Call());
    }

    private async Task<string?> Call(params string[] authorization)
    {
        await using var services = new ServiceCollection().AddSingleton<IAuthenticationService>(_scheme).BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Request.Headers.Authorization = authorization;
        string? subject = null;
        await _callers.Identify(context, called =>
        {
            subject = called.User.Identity is { IsAuthenticated: true } ? Actor.Of(called.User).Subject : null;
            return Task.CompletedTask;
        });
        return subject;
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Start;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Scheme : IAuthenticationService
    {
        public Dictionary<string, DateTimeOffset> Valid { get; } = [];

        public int Checked { get; private set; }

        public Task<AuthenticateResult> AuthenticateAsync(HttpContext context, string? scheme)
        {
            Checked++;
            var shown = context.Request.Headers.Authorization.ToString();
            if (!Valid.TryGetValue(shown, out var end))
                return Task.FromResult(AuthenticateResult.Fail("not valid"));
            var identity = new ClaimsIdentity([new Claim(Actor.SubjectClaim, shown["Bearer ".Length..])], "test");
            return Task.FromResult(AuthenticateResult.Success(
                new AuthenticationTicket(new ClaimsPrincipal(identity), new AuthenticationProperties { ExpiresUtc = end }, "test")));
        }

        public Task ChallengeAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => throw new NotSupportedException();

        public Task ForbidAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => throw new NotSupportedException();

        public Task SignInAsync(HttpContext context, string? scheme, ClaimsPrincipal principal, AuthenticationProperties? properties) => throw new NotSupportedException();

        public Task SignOutAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => throw new NotSupportedException();
    }
}
