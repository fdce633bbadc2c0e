using OrderTracking.Compliance.V1;
using OrderTracking.Types.V1;

namespace OrderTracking.Host.Demo;

/// <summary>A part enters the catalogue with its die area unknown, and gets it later. One person proposes, another approves.</summary>
internal sealed class FactsEpisode(Cast cast, CancellationToken stopping)
{
    public async Task Register()
    {
        var proposed = await cast.Ana.Catalogue.RegisterPartAsync(
            new RegisterPartRequest
            {
                PartNumber = DemoOrders.UnknownDieAreaPart,
                Statement = new PartStatement
                {
                    Family = "CX",
                    Vendor = "Cedar Silicon (made up)",
                    Description = "accelerator of the demo",
                    Facts = new ItemFacts { Tpp = 2300, IoBandwidthGbps = 256, MemoryBandwidthGbps = 900, DesignedForDataCenter = true },
                    Source = "demo: made up",
                    Certainty = Certainty.Unconfirmed,
                },
            },
            cancellationToken: stopping);
        await cast.Clara.Catalogue.ApprovePartRevisionAsync(
            new ApprovePartRevisionRequest { Name = proposed.Name }, cancellationToken: stopping);
    }

    public async Task Supply()
    {
        var proposed = await cast.Ana.Catalogue.SupplyFactsAsync(
            new SupplyFactsRequest
            {
                Name = $"parts/{DemoOrders.UnknownDieAreaPart}",
                Facts = new ItemFacts { DieAreaMm2 = 800 },
                Source = "demo: made up",
                Certainty = Certainty.Confirmed,
            },
            cancellationToken: stopping);
        await cast.Otto.Catalogue.ApprovePartRevisionAsync(
            new ApprovePartRevisionRequest { Name = proposed.Name }, cancellationToken: stopping);
    }
}
