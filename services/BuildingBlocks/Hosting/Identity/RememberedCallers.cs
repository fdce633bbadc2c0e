using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.BuildingBlocks.Hosting.Identity;

/// <summary>
/// Says who calls. A token that was found valid is remembered for a moment: callers show the same one call after call, and checking a
/// signature costs more than the call behind it. Nothing is remembered beyond its own end, and a key that is withdrawn counts after that
/// moment at the latest.
/// </summary>
internal sealed class RememberedCallers(TimeProvider clock)
{
    private const int CallersMax = 1024;
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, Remembered> _callers = new(StringComparer.Ordinal);

    public Task Identify(HttpContext context, RequestDelegate next)
    {
        // Several headers are nothing a client sends: the handler says what they are.
        if (context.Request.Headers.Authorization is not [{ Length: > 0 } shown])
            return Ask(context, next, null);
        if (!_callers.TryGetValue(shown, out var known))
            return Ask(context, next, shown);
        if (clock.GetUtcNow() >= known.Until)
        {
            _callers.TryRemove(KeyValuePair.Create(shown, known));
            return Ask(context, next, shown);
        }

        context.User = known.Caller;
        return next(context);
    }

    private async Task Ask(HttpContext context, RequestDelegate next, string? shown)
    {
        var asked = clock.GetUtcNow();
        var result = await context.AuthenticateAsync(JwtBearerDefaults.AuthenticationScheme);
        if (result is { Succeeded: true, Principal: { } identity })
        {
            var caller = new KnownCaller(identity);
            context.User = caller;
            // A token without an end is none that is taken.
            if (shown is not null && result.Properties?.ExpiresUtc is { } end)
                Remember(shown, new Remembered(caller, end < asked + Moment ? end : asked + Moment), asked);
        }

        await next(context);
    }

    private void Remember(string shown, Remembered caller, DateTimeOffset now)
    {
        if (caller.Until <= now)
            return;
        // So many callers at once are rare, and begin anew cheaply.
        if (_callers.Count >= CallersMax)
            _callers.Clear();
        _callers[shown] = caller;
    }

    private sealed record Remembered(KnownCaller Caller, DateTimeOffset Until);
}
