using System.Globalization;
using OrderTracking.Compliance.V1;

namespace OrderTracking.Host.Demo;

/// <summary>A made-up rule is published by two people while goods with a permit stand at the dock.</summary>
internal sealed class RecallEpisode(Cast cast, CancellationToken stopping)
{
    public const string Rule = "DEMO-2025-05-STOP";

    public async Task Publish(DateOnly day)
    {
        var proposed = await cast.Ana.Rules.ProposeAmendmentAsync(
            new ProposeAmendmentRequest { Rule = $"rules/{Rule}", Title = "Made up: L2 to Thailand", Definition = Definition(day) },
            cancellationToken: stopping);
        await cast.Clara.Rules.PublishAmendmentAsync(
            new PublishAmendmentRequest { Name = proposed.Name, Digest = proposed.Digest }, cancellationToken: stopping);
    }

    private static string Definition(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $$"""
        status: IN_FORCE
        effective: { from: {{day:yyyy-MM-dd}} }
        citation: "none: made up for the demo"
        source: demo
        certainty: unconfirmed
        sentence: L2 needs a licence to Thailand.
        scope: { destination: TH }
        item: { family: {{DemoOrders.RecalledPart}} }
        policy: PRESUMPTION_OF_DENIAL
        """);
}
