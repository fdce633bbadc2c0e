using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace OrderTracking.BuildingBlocks.Hosting;

/// <summary>Reads a length of time from the configuration, such as <c>00:00:30</c> or <c>1.00:00:00</c>.</summary>
public static class ConfiguredSpan
{
    /// <param name="configuration">Of the process.</param>
    /// <param name="key">The setting.</param>
    /// <param name="otherwise">Where it is not set.</param>
    /// <param name="least">The least that is allowed.</param>
    /// <param name="most">The most that is allowed.</param>
    /// <exception cref="InvalidOperationException">With the setting, its value and what is allowed.</exception>
    public static TimeSpan Read(IConfiguration configuration, string key, TimeSpan otherwise, TimeSpan least, TimeSpan most)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var text = configuration[key];
        if (string.IsNullOrEmpty(text))
            return otherwise;
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span >= least && span <= most
            ? span
            : throw new InvalidOperationException($"{key} is '{text}'; allowed is {least} to {most}.");
    }
}
