using OrderTracking.Compliance.V1;

namespace OrderTracking.Host.Demo;

/// <summary>What no rule holds any more is proposed by compliance itself, and an officer confirms it in one call.</summary>
internal sealed class ClearanceEpisode(Cast cast, CancellationToken stopping)
{
    private const int PageSize = 1_000;
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Waits until these shipments are proposed for clearance, and confirms it.</summary>
    /// <exception cref="TimeoutException">They are not within half a minute.</exception>
    public async Task Confirm(IReadOnlySet<string> shipments)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            var lapsed = (await Waiting()).Where(hold => shipments.Contains(hold.Shipment)).ToList();
            if (lapsed.Select(hold => hold.Shipment).Distinct().Count() == shipments.Count)
            {
                await Approve(lapsed);
                return;
            }

            await Task.Delay(LookInterval, stopping);
        }

        throw new TimeoutException($"waited in vain until {shipments.Count} shipments are proposed for clearance");
    }

    private async Task<IEnumerable<Hold>> Waiting() => (await cast.Otto.Holds.ListHoldsAsync(
        new ListHoldsRequest { Filter = "lapsed = true AND state = RELEASE_PROPOSED", PageSize = PageSize }, cancellationToken: stopping)).Holds;

    private async Task Approve(List<Hold> lapsed)
    {
        var request = new BatchApproveReleasesRequest { Note = "Confirmed: the rule no longer applies." };
        request.Names.AddRange(lapsed.Select(hold => hold.Releases[^1].Name));
        var answer = await cast.Otto.Holds.BatchApproveReleasesAsync(request, cancellationToken: stopping);
        if (answer.Results.FirstOrDefault(result => result.Error is not null) is { } refused)
            throw new InvalidOperationException($"{refused.Name}: {refused.Error.Message}");
    }
}
