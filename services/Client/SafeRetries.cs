using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client.Configuration;
using RetryThrottling = Grpc.Net.Client.Configuration.RetryThrottlingPolicy;

namespace OrderTracking.Client;

/// <summary>
/// Which calls are sent again when the server is UNAVAILABLE, as gRPC's service config. A service config knows methods and not requests, so
/// the one that is shipped covers reads only; this package adds writes for those calls that carry a <c>request_id</c>.
/// </summary>
public static class SafeRetries
{
    private const int TriesMax = 4;
    private const int HedgesMax = 3;
    private const int ThrottleTokens = 100;
    private const double TokenRatio = 0.1;
    private const double Multiplier = 2;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HedgeAfter = TimeSpan.FromSeconds(1);
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The service config of calls that change nothing: those that fetch one resource are hedged, the others retried.</summary>
    public static ServiceConfig OfReads() => Config(writes: false);

    /// <summary>The same with retries for writes. Only for calls that carry a <c>request_id</c>.</summary>
    internal static ServiceConfig OfRepeatableCalls() => Config(writes: true);

    /// <summary>The service config of reads as other gRPC libraries take it: what <c>service-config.json</c> of the package holds.</summary>
    public static string ToJson()
    {
        var config = new JsonObject
        {
            ["methodConfig"] = new JsonArray(
                Section(ApiMethods.All.Where(IsRetried), "retryPolicy", new JsonObject
                {
                    ["maxAttempts"] = TriesMax,
                    ["initialBackoff"] = Seconds(FirstPause),
                    ["maxBackoff"] = Seconds(LongestPause),
                    ["backoffMultiplier"] = Multiplier,
                    ["retryableStatusCodes"] = new JsonArray("UNAVAILABLE"),
                }),
                Section(ApiMethods.All.Where(IsHedged), "hedgingPolicy", new JsonObject
                {
                    ["maxAttempts"] = HedgesMax,
                    ["hedgingDelay"] = Seconds(HedgeAfter),
                    ["nonFatalStatusCodes"] = new JsonArray("UNAVAILABLE"),
                })),
            ["retryThrottling"] = new JsonObject { ["maxTokens"] = ThrottleTokens, ["tokenRatio"] = TokenRatio },
        };
        return config.ToJsonString(Indented) + "\n";
    }

    /// <summary>True for a read that is sent a second time while the first is still unanswered: one resource by its name, which costs little.</summary>
    internal static bool IsHedged(MethodDescriptor method) =>
        ApiMethods.KindOf(method) == CallKind.Read && IsUnary(method)
        && method.InputType.Fields.InDeclarationOrder() is [{ Name: "name" }] && method.Name.StartsWith("Get", StringComparison.Ordinal);

    /// <summary>True for a read that is sent again after UNAVAILABLE. A stream is, until its first message has come.</summary>
    internal static bool IsRetried(MethodDescriptor method) =>
        ApiMethods.KindOf(method) == CallKind.Read && !method.IsClientStreaming && !IsHedged(method);

    private static bool IsUnary(MethodDescriptor method) => !method.IsClientStreaming && !method.IsServerStreaming;

    private static ServiceConfig Config(bool writes)
    {
        var config = new ServiceConfig
        {
            MethodConfigs = { RetryOf(method => IsRetried(method) || (writes && IsRepeatable(method))), HedgingOf(IsHedged) },
            RetryThrottling = new RetryThrottling { MaxTokens = ThrottleTokens, TokenRatio = TokenRatio },
        };
        return config;
    }

    private static bool IsRepeatable(MethodDescriptor method) => ApiMethods.KindOf(method) == CallKind.RepeatableWrite && IsUnary(method);

    private static MethodConfig RetryOf(Func<MethodDescriptor, bool> chosen) => Named(chosen, new MethodConfig
    {
        RetryPolicy = new RetryPolicy
        {
            MaxAttempts = TriesMax,
            InitialBackoff = FirstPause,
            MaxBackoff = LongestPause,
            BackoffMultiplier = Multiplier,
            RetryableStatusCodes = { StatusCode.Unavailable },
        },
    });

    private static MethodConfig HedgingOf(Func<MethodDescriptor, bool> chosen) => Named(chosen, new MethodConfig
    {
        HedgingPolicy = new HedgingPolicy
        {
            MaxAttempts = HedgesMax,
            HedgingDelay = HedgeAfter,
            NonFatalStatusCodes = { StatusCode.Unavailable },
        },
    });

    private static MethodConfig Named(Func<MethodDescriptor, bool> chosen, MethodConfig config)
    {
        foreach (var method in ApiMethods.All.Where(chosen))
            config.Names.Add(new MethodName { Service = method.Service.FullName, Method = method.Name });
        return config;
    }

    private static JsonObject Section(IEnumerable<MethodDescriptor> methods, string policy, JsonObject values) => new()
    {
        ["name"] = new JsonArray(
            [.. methods.Select(method => (JsonNode)new JsonObject { ["service"] = method.Service.FullName, ["method"] = method.Name })]),
        [policy] = values,
    };

    private static string Seconds(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds}s");
}
