using System.Globalization;
using OrderTracking.ComplianceService.Lists.Matching;

namespace OrderTracking.ComplianceService.Lists;

/// <summary>What party screening is told by its configuration.</summary>
internal sealed record ListOptions
{
    /// <summary>The score from which on a match holds, 70 to 100; <c>Compliance:Screening:Threshold</c>.</summary>
    public int Threshold { get; init; } = PartyLists.ThresholdDefault;

    /// <exception cref="InvalidOperationException">The threshold is out of range: the start stops.</exception>
    public static ListOptions From(IConfiguration configuration)
    {
        var text = configuration["Compliance:Screening:Threshold"];
        if (text is null)
            return new ListOptions();
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var threshold) && threshold is >= PartyScorer.ScoreMin and <= 100
            ? new ListOptions { Threshold = threshold }
            : throw new InvalidOperationException($"Compliance:Screening:Threshold is '{text}'; allowed is {PartyScorer.ScoreMin} to 100.");
    }
}
