using System.Globalization;

namespace OrderTracking.ComplianceService.Outlook.PullForwards;

/// <summary>When pulling goods forward is unusual.</summary>
internal sealed record PullForwardOptions
{
    private const string Section = "Compliance:PullForward";

    /// <summary>Days back that count, and the length of what is usual; <c>Compliance:PullForward:WindowDays</c>, 1 to 365.</summary>
    public int WindowDays { get; init; } = 30;

    /// <summary>Above this share of the usual units; <c>Compliance:PullForward:Percent</c>, 0 to 1,000.</summary>
    public int Percent { get; init; } = 25;

    /// <summary>And above so many units; <c>Compliance:PullForward:UnitsMin</c>, 0 to 10,000,000.</summary>
    public long UnitsMin { get; init; } = 1_000;

    /// <exception cref="InvalidOperationException">A setting is no number, or not in its range.</exception>
    public static PullForwardOptions From(IConfiguration configuration)
    {
        var usual = new PullForwardOptions();
        return new PullForwardOptions
        {
            WindowDays = (int)Read(configuration, nameof(WindowDays), usual.WindowDays, 1, 365),
            Percent = (int)Read(configuration, nameof(Percent), usual.Percent, 0, 1_000),
            UnitsMin = Read(configuration, nameof(UnitsMin), usual.UnitsMin, 0, 10_000_000),
        };
    }

    private static long Read(IConfiguration configuration, string key, long usual, long min, long max)
    {
        if (configuration[$"{Section}:{key}"] is not { } text)
            return usual;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"{Section}:{key} is '{text}'; it is a whole number from {min} to {max}."));
    }
}
