namespace OrderTracking.ComplianceService.Recheck;

/// <summary>Wakes the re-check of this process at once; without it, or in another process, it looks again within a second.</summary>
internal sealed class RecheckSignal : IDisposable
{
    private readonly SemaphoreSlim awake = new(0, 1);

    /// <summary>Quick and never fails: made for a transaction's AfterCommit.</summary>
    public void Wake()
    {
        try
        {
            awake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already; one look finds the work of both signals.
        }
    }

    public Task Wait(TimeSpan longest, CancellationToken cancellation) => awake.WaitAsync(longest, cancellation);

    public void Dispose() => awake.Dispose();
}
