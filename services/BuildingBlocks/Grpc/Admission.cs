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

    public async Task Admit(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/grpc.health.v1.Health", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        var method = context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method;
        var caller = callers.Of(context);
        if (!caller.TryCall())
            await Refuse(context, BuildingReasons.RateLimitExceeded, "The caller makes more calls a second than it may.");
        else if (method is not null && !AccessTable.IsOpen(method.FullName) && context.User.Identity is not { IsAuthenticated: true })
            await RefusalStatus.Answer(context, AccessInterceptor.NoToken());
        else
            await Run(context, next, method, caller);
    }

    private async Task Run(HttpContext context, RequestDelegate next, IMethod? method, CallerLimits.Caller caller)
    {
        var stream = method is { Type: MethodType.ServerStreaming or MethodType.DuplexStreaming };
        if (stream && !caller.TryOpenStream())
        {
            await Refuse(context, BuildingReasons.StreamLimitExceeded, "The caller has as many open streams as it may.");
            return;
        }

        try
        {
            if (Interlocked.Increment(ref _running) > limits.ConcurrentCallsMax)
            {
                await Refuse(context, BuildingReasons.ConcurrencyLimitExceeded, "The process runs as many calls as it may.");
                return;
            }

            if (method is { Type: MethodType.Unary })
                SetDeadline(context.Request.Headers);
            await WithinBudget(context, next, method);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
            if (stream)
                caller.CloseStream();
        }
    }

    private async Task WithinBudget(HttpContext context, RequestDelegate next, IMethod? method)
    {
        int size;
        try
        {
            size = method is null ? 0 : await messages.SizeOf(context, method.Type);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The caller has gone, or sends too slowly: nobody hears an answer.
            return;
        }

        if (!messages.TryTake(size))
        {
            await Refuse(context, BuildingReasons.ConcurrencyLimitExceeded, "The process holds as many bytes of messages as it may.");
            return;
        }

        try
        {
            await next(context);
        }
        finally
        {
            messages.Give(size);
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
