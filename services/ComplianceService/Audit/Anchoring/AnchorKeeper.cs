using OrderTracking.AuditTrail;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Leasing;
using OrderTracking.ComplianceService.Audit.Checkpoints;
using OrderTracking.ComplianceService.Audit.Verification;

namespace OrderTracking.ComplianceService.Audit.Anchoring;

/// <summary>Writes the head of the chain down outside of the database, and knows whether the chain agrees with what stands there.</summary>
internal sealed partial class AnchorKeeper(ComplianceDb db, AnchorFile file, TimeProvider clock, ILogger<AnchorKeeper> logger) : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1, 1);
    private volatile TrailFinding? _mismatch;

    public bool IsSet => file.IsSet;

    /// <summary>What the chain and its anchors do not agree in; null while they agree.</summary>
    public TrailFinding? Mismatch => _mismatch;

    public Task<IReadOnlyList<Anchor>> Anchors(CancellationToken cancellation) => file.Read(cancellation);

    /// <summary>Holds the chain against all anchors.</summary>
    public async Task Compare(CancellationToken cancellation)
    {
        var anchors = await file.Read(cancellation);
        _mismatch = await db.Read(tx => CompareAnchors.Run(tx, anchors), cancellation);
        if (_mismatch is { } finding)
            LogMismatch(logger, finding.Seq, finding.Detail);
    }

    /// <summary>
    /// Writes the head down, with a checkpoint of its own. Not while the chain differs from an earlier anchor: a forged head must not stand
    /// beside a true one.
    /// </summary>
    public Task Write(CancellationToken cancellation) => Write(lease: null, cancellation);

    /// <inheritdoc cref="Write(CancellationToken)"/>
    /// <param name="lease">Of the work that asks for it: once another process has it, nothing is written. Null: nobody's.</param>
    public async Task Write(Lease? lease, CancellationToken cancellation)
    {
        if (await db.Write(tx => Make(tx, lease), cancellation) is { } made)
            await Write(made, cancellation);
    }

    /// <summary>Writes a checkpoint down.</summary>
    public async Task Write(Checkpoint made, CancellationToken cancellation)
    {
        if (!file.IsSet)
            return;
        await _writing.WaitAsync(cancellation);
        try
        {
            await Compare(cancellation);
            if (_mismatch is null)
                await file.Append(new Anchor(made.Size, made.HeadHash, made.Root, clock.GetUtcNow()), cancellation);
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose() => _writing.Dispose();

    private async Task<Checkpoint?> Make(Tx tx, Lease? lease)
    {
        if (lease is not null)
            await Leases.Require(tx, lease);
        return await CheckpointStore.Make(tx, clock.GetUtcNow());
    }

    [LoggerMessage(
        EventId = 3101, EventName = "AuditAnchorDiffers", Level = LogLevel.Critical,
        Message = "The audit chain does not agree with its anchors at entry {Seq}: {Detail}")]
    private static partial void LogMismatch(ILogger logger, long seq, string detail);
}
