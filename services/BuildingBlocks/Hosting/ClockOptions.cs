using System.Globalization;
using Microsoft.Extensions.Configuration;
using OrderTracking.BuildingBlocks.Hosting.Identity;

namespace OrderTracking.BuildingBlocks.Hosting;

/// <summary>How far the clock of a process is off: for tests of what a wrong clock does, in Development only.</summary>
public sealed record ClockOptions
{
    private const string Key = "Development:ClockSkew";

    /// <summary>The furthest it may be off, to either side.</summary>
    public static readonly TimeSpan SkewMax = TimeSpan.FromDays(366);

    /// <summary>What <c>Development:ClockSkew</c> says, such as <c>1.00:00:00</c> or <c>-00:05:00</c>; null where it is not set.</summary>
    public string? Skew { get; init; }

    /// <summary>The business clock of the process. Leases, tokens and the bus go by the machine's clock in any case.</summary>
    public TimeProvider Provider => Skew is null ? TimeProvider.System : new SkewedClock(TimeSpan.Parse(Skew, CultureInfo.InvariantCulture));

    /// <summary>Reads <c>Development:ClockSkew</c>.</summary>
    public static ClockOptions From(IConfiguration configuration) => new() { Skew = configuration[Key] };

    /// <summary>Refuses a wrong clock outside Development, and what is no span.</summary>
    /// <param name="securityMode">The process's security mode.</param>
    /// <exception cref="InvalidOperationException">With the setting, its value and what is allowed.</exception>
    public void Check(string securityMode)
    {
        if (Skew is null)
            return;
        if (securityMode != SecurityOptions.Development)
            throw new InvalidOperationException($"{Key} is '{Skew}'; it is allowed only where Security:Mode is '{SecurityOptions.Development}', and that is '{securityMode}'.");
        if (!TimeSpan.TryParse(Skew, CultureInfo.InvariantCulture, out var skew) || skew.Duration() > SkewMax)
            throw new InvalidOperationException($"{Key} is '{Skew}'; allowed is a span of at most {SkewMax:c} to either side, written as 1.00:00:00 or -00:05:00.");
    }

    private sealed class SkewedClock(TimeSpan skew) : TimeProvider
    {
        // Only what the time is comes from here: timers and time stamps of a clock that is off are as long as any.
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + skew;
    }
}
