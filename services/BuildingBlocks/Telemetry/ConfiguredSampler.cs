using System.Globalization;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Trace;

namespace OrderTracking.BuildingBlocks.Telemetry;

/// <summary>
/// Reads OpenTelemetry's own settings: the SDK reads them only where no sampler is set, and it falls back silently on what it does not
/// understand.
/// </summary>
internal static class ConfiguredSampler
{
    private const string Key = "OTEL_TRACES_SAMPLER";
    private const string ArgumentKey = "OTEL_TRACES_SAMPLER_ARG";

    /// <exception cref="InvalidOperationException">With the setting, its value and what is allowed.</exception>
    public static Sampler From(IConfiguration configuration)
    {
        var ratio = Ratio(configuration[ArgumentKey]);
        return configuration[Key] switch
        {
            null or "" or "parentbased_always_on" => new ParentBasedSampler(new AlwaysOnSampler()),
            "always_on" => new AlwaysOnSampler(),
            "always_off" => new AlwaysOffSampler(),
            "traceidratio" => new TraceIdRatioBasedSampler(ratio),
            "parentbased_always_off" => new ParentBasedSampler(new AlwaysOffSampler()),
            "parentbased_traceidratio" => new ParentBasedSampler(new TraceIdRatioBasedSampler(ratio)),
            var other => throw new InvalidOperationException(
                $"{Key} is '{other}'; allowed are always_on, always_off, traceidratio and each with parentbased_ before it, or nothing (parentbased_always_on)."),
        };
    }

    private static double Ratio(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return 1;
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var ratio) && ratio <= 1
            ? ratio
            : throw new InvalidOperationException($"{ArgumentKey} is '{text}'; allowed is 0 to 1, such as 0.05, or nothing (1).");
    }
}
