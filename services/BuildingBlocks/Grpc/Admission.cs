using System.Globalization;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using OrderTracking.BuildingBlocks.Hosting;

namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>
/// Decides whether a call is taken, before a byte of its message is read: strangers, callers above their rate and calls above what the
/// process takes cost it no memory. Health is always answered. A call that is taken gets a deadline.
/// </summary>
internal sealed class Admission(CallerLimits callers, MessageBudget messages, GrpcLimitsOptions limits)
{
    private const string TimeoutHeader = "grpc-timeout";
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private int _running;

    public Task Admit(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/grpc.health.v1.Health", StringComparison.Ordinal))
            return next(context);
        var method = context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method;
        var caller = callers.Of(context);
        if (!caller.TryCall())
            return Refuse(context, BuildingReasons.RateLimitExceeded, "The caller makes more calls a second than it may.");
        if (method is not null && context.User.Identity is not { IsAuthenticated: true } && !AccessTable.IsOpen(method.FullName))
            return RefusalStatus.Answer(context, AccessInterceptor.NoToken());
        if (method is not { Type: MethodType.ServerStreaming or MethodType.DuplexStreaming })
            return Run(context, next, method);
        return caller.TryOpenStream()
            ? Stream(context, next, method, caller)
            : Refuse(context, BuildingReasons.StreamLimitExceeded, "The caller has as many open streams as it may.");
    }

    private async Task Stream(HttpContext context, RequestDelegate next, IMethod method, CallerLimits.Caller caller)
    {
        try
        {
            await Run(context, next, method);
        }
        finally
        {
            caller.CloseStream();
        }
    }

    // One method, because each that waits for the message is an object a call.
    private async Task Run(HttpContext context, RequestDelegate next, IMethod? method)
    {
        var size = 0;
        try
        {
            if (Interlocked.Increment(ref _running) > limits.ConcurrentCallsMax)
            {
                await Refuse(context, BuildingReasons.ConcurrencyLimitExceeded, "The process runs as many calls as it may.");
                return;
            }

            if (method is { Type: MethodType.Unary })
                SetDeadline(context.Request.Headers);
            // Null: the caller has gone, or sends too slowly, and nobody hears an answer.
            if (await messages.SizeOf(context, method?.Type) is not { } known)
                return;
            if (!messages.TryTake(known))
            {
                await Refuse(context, BuildingReasons.ConcurrencyLimitExceeded, "The process holds as many bytes of messages as it may.");
                return;
            }

            size = known;
            await next(context);
        }
        finally
        {
            messages.Give(size);
            Interlocked.Decrement(ref _running);
        }
    }

    // As if the caller had sent it: gRPC's own deadline then ends the call and cancels what it does, down to the statement. Streams are
    // watched for as long as their callers like.
    private void SetDeadline(IHeaderDictionary headers)
    {
        var asked = TimeoutOf(headers[TimeoutHeader].ToString()) ?? TimeSpan.FromSeconds(limits.DefaultDeadlineSeconds);
        var longest = TimeSpan.FromSeconds(limits.DeadlineSecondsMax);
        // gRPC takes a timeout of nothing for none at all.
        var given = asked <= TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : asked < longest ? asked : longest;
        headers[TimeoutHeader] = string.Create(CultureInfo.InvariantCulture, $"{(long)Math.Ceiling(given.TotalMicroseconds / Scale(given))}{Unit(given)}");
    }

    private static Task Refuse(HttpContext context, Reason reason, string message) =>
        RefusalStatus.Answer(context, new Refusal(reason, message) { RetryDelay = RetryAfter });

    // At most eight digits are allowed.
    private static long Scale(TimeSpan timeout) => timeout.TotalSeconds < 10 ? 1 : 1_000;

    private static char Unit(TimeSpan timeout) => timeout.TotalSeconds < 10 ? 'u' : 'm';

    private static TimeSpan? TimeoutOf(string text)
    {
        if (text.Length is < 2 or > 9 || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return null;
        return text[^1] switch
        {
            'n' => TimeSpan.FromMicroseconds(count / 1_000.0),
            'u' => TimeSpan.FromMicroseconds(count),
            'm' => TimeSpan.FromMilliseconds(count),
            'S' => TimeSpan.FromSeconds(count),
            'M' => TimeSpan.FromMinutes(count),
            'H' => TimeSpan.FromHours(count),
            _ => null,
        };
    }
}
