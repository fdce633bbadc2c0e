using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Leasing;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Shipments;

namespace OrderTracking.ComplianceService.Recheck;

/// <summary>
/// After a publication: reads every shipment in order, decides the open ones again, and writes what changed. While a part is written the next
/// is read and decided. Most of it stands, and nothing is written to it: the run's row says how far all were looked at, and a process
/// that goes on with it begins there.
/// </summary>
internal sealed class RecheckSweep(ComplianceDb db, Knowledge knowledge, RecheckBatch batch, TimeProvider clock)
{
    // The first holds come from a small part, at once.
    private const int FirstPart = 256;
    private const int PartMax = 4_096;

    // Somebody who calls meanwhile waits for one such turn of the writer, and not for a whole part.
    private const int MarkedMax = 512;

    /// <summary>Looks at everything that was not looked at with what is known now. Returns up to which shipment that is so, and with which version.</summary>
    public async Task<(long Version, long Seq)> Run(Lease lease, CancellationToken cancellation)
    {
        var (head, run, basis, last) = await db.Read(Begin, cancellation);
        if (head.Version == 0)
            return (0, 0);
        if (run is null)
        {
            run = new RecheckRun { Version = head.Version, Basis = RecheckRun.BasisOf(head, clock.GetUtcNow()), StartedAt = clock.GetUtcNow() };
            await db.Write(tx => Fenced(tx, lease, () => RecheckRuns.Insert(tx, run)), cancellation);
        }

        return (run.Version, run.EndedAt is not null ? run.DoneSeq : await Go(lease, run, basis, last, cancellation));
    }

    private async Task<(KnowledgeHead Head, RecheckRun? Run, string? Basis, long Last)> Begin(Tx tx)
    {
        var head = await knowledge.Current(tx);
        return (head, await RecheckRuns.Find(tx, head.Version), (await RecheckRuns.LastEnded(tx))?.Basis, await ShipmentStore.Last(tx));
    }

    private async Task<long> Go(Lease lease, RecheckRun run, string? basis, long last, CancellationToken cancellation)
    {
        var attended = await db.Read(RecheckStore.Attended, cancellation);
        var (after, size, writing) = (run.DoneSeq, FirstPart, Task.FromResult(run));
        try
        {
            while (true)
            {
                var (from, take) = (after, size);
                // Off this thread, so that the part before is written meanwhile.
                var part = await Task.Run(() => Read(run, basis, attended, from, last, take, cancellation), cancellation);
                run = await writing;
                if (part is null || part.IsEmpty)
                    return part is null ? run.DoneSeq : await End(lease, run, last, cancellation);
                writing = Write(lease, run, part, cancellation);
                (after, size) = (part.Last, Math.Min(size * 2, PartMax));
            }
        }
        finally
        {
            await ((Task)writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Null where something else is known by now: the next look begins a run of its own.
    private async Task<SweepPart?> Read(
        RecheckRun run, string? basis, IReadOnlySet<string> attended, long after, long last, int take, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var (head, part, rest) = await db.Read(
            async tx =>
            {
                var head = await knowledge.Current(tx);
                // As it is now: a run that another process began, or that time has passed in, may have begun on another.
                var isSameBasis = run.Basis == basis && RecheckRun.BasisOf(head, now) == basis;
                var unchanged = new Unchanged(head, now, isSameBasis, attended);
                var rows = await ShipmentStore.Batch(tx, now, unchanged.NextRecorded, after, last, take);
                var part = new SweepPart(rows.Count == 0 ? last : rows[^1].Seq, rows.Count == 0);
                var rest = head.Version == run.Version ? part.Take(rows, unchanged) : [];
                return (head, part, await RecheckStore.WithHolds(tx, rest, part.Unreadable));
            },
            cancellation);
        if (head.Version != run.Version)
            return null;
        foreach (var (shipment, holds) in rest)
            part.Take(shipment, holds, head, now);
        return part;
    }

    private async Task<RecheckRun> Write(Lease lease, RecheckRun run, SweepPart part, CancellationToken cancellation)
    {
        var again = part.Again;
        foreach (var standing in part.Standing.Chunk(MarkedMax))
        {
            if (!await db.Write(tx => Mark(tx, lease, part, standing), cancellation))
                again = [.. again, .. standing.Select(one => new Again(part.IdOf(one.Seq)))];
        }

        var failed = await batch.Run(lease, again, cancellation);
        var after = run with { DoneSeq = part.Last, Shipments = run.Shipments + part.Shipments, Changed = run.Changed + again.Count };
        await db.Write(
            tx => Fenced(tx, lease, async () =>
            {
                await batch.Keep(tx, failed);
                await RecheckRuns.Update(tx, after);
            }),
            cancellation);
        return after;
    }

    private async Task<bool> Mark(Tx tx, Lease lease, SweepPart part, IReadOnlyList<Confirmation> standing)
    {
        await Leases.Require(tx, lease);
        return await RecheckStore.Confirm(tx, knowledge, part.Head!, standing);
    }

    private async Task<long> End(Lease lease, RecheckRun run, long last, CancellationToken cancellation)
    {
        await db.Write(
            tx => Fenced(tx, lease, () => RecheckRuns.Update(tx, run with { DoneSeq = last, EndedAt = clock.GetUtcNow() })), cancellation);
        return last;
    }

    private static async Task Fenced(Tx tx, Lease lease, Func<Task> work)
    {
        await Leases.Require(tx, lease);
        await work();
    }
}
