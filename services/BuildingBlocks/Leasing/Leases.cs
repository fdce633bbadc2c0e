using System.Collections.Concurrent;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Leasing;

/// <summary>
/// The leases of one database as one process takes them. Taken, renewed and given back inside the caller's transaction. What a holder
/// may write is decided by the fence alone, never by a clock: clocks only decide when a silent holder is given up.
/// </summary>
public sealed class Leases
{
    private const int SeenMax = 10_000;

    private const string SelectSql = "select fence as Fence, owner as Owner, until_at as UntilAt from leases where name = @name";

    private const string InsertSql = "insert into leases (name, owner, until_at) values (@name, @owner, @until)";

    private const string RenewSql = "update leases set until_at = @until where name = @Name and fence = @Fence";

    private const string DeleteSql = "delete from leases where name = @Name and fence = @Fence";

    private const string CountSql = "select count(*) from leases where name = @Name and fence = @Fence";

    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, Sight> _seen = new(StringComparer.Ordinal);

    internal Leases(LeaseOptions options)
    {
        (Options, _clock) = (options, options.Clock);
        Owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.CreateVersion7(_clock.GetUtcNow()):N}";
    }

    /// <summary>This process, as no other process ever was.</summary>
    public string Owner { get; }

    /// <summary>How long they last.</summary>
    public LeaseOptions Options { get; }

    /// <summary>Takes a lease; null while another holder has it, be it in this process.</summary>
    public async Task<Lease?> TryTake(Tx tx, string name)
    {
        if (await Find(tx, name) is { } held)
        {
            if (!IsOver(name, held))
                return null;
            await tx.Execute(DeleteSql, new { Name = name, held.Fence });
        }

        await tx.Execute(InsertSql, new { name, owner = Owner, until = End() });
        _seen.TryRemove(name, out _);
        return new Lease(name, Owner, (await Find(tx, name))!.Fence);
    }

    /// <summary>Whether <see cref="TryTake"/> would take it now. To be asked in a read, so that waiting costs no writing.</summary>
    public async Task<bool> IsFree(Tx tx, string name) => await Find(tx, name) is not { } held || IsOver(name, held);

    /// <summary>Keeps a lease; false when it was lost.</summary>
    public async Task<bool> Renew(Tx tx, Lease lease) =>
        await tx.Execute(RenewSql, new { lease.Name, lease.Fence, until = End() }) == 1;

    /// <summary>Gives a lease back. One that was lost stays with who has it.</summary>
    public static Task Release(Tx tx, Lease lease) => tx.Execute(DeleteSql, new { lease.Name, lease.Fence });

    /// <summary>Gives a lease back in the last transaction of its work: the fence of it as <see cref="Require"/> is, and its end.</summary>
    /// <exception cref="OperationCanceledException">Another has it. Let the transaction fail.</exception>
    public static async Task GiveBack(Tx tx, Lease lease)
    {
        if (await tx.Execute(DeleteSql, new { lease.Name, lease.Fence }) != 1)
            throw Lost(lease);
    }

    /// <summary>Whether a lease is still its holder's, as this transaction sees it.</summary>
    public static async Task<bool> IsHeld(Tx tx, Lease lease) => await tx.Scalar<long>(CountSql, new { lease.Name, lease.Fence }) == 1;

    /// <summary>The fence: a transaction of leased work that calls this first changes nothing once another has the lease.</summary>
    /// <exception cref="OperationCanceledException">Another has it. Let the transaction fail.</exception>
    public static async Task Require(Tx tx, Lease lease)
    {
        if (!await IsHeld(tx, lease))
            throw Lost(lease);
    }

    /// <summary>Gives back every lease of every process. Only for one that knows that no other process has the database.</summary>
    public static Task ReleaseAll(Tx tx) => tx.Execute("delete from leases");

    private static OperationCanceledException Lost(Lease lease) => new($"Another process has the lease '{lease.Name}'.");

    private static Task<Row?> Find(Tx tx, string name) => tx.QueryFirstOrDefault<Row>(SelectSql, new { name });

    private DateTimeOffset End() => _clock.GetUtcNow() + Options.Duration;

    // Its end was written by the holder's clock. Where that one is far ahead of this one, the end would not come for long: a lease that
    // this process has seen unchanged for a whole duration, on its own clock, has no holder that renews it.
    private bool IsOver(string name, Row held)
    {
        if (held.UntilAt < _clock.GetUtcNow())
            return true;
        if (_seen.Count >= SeenMax)
            _seen.Clear();
        var now = _clock.GetTimestamp();
        var sight = _seen.AddOrUpdate(
            name,
            _ => new Sight(held.Fence, held.UntilAt, now),
            (_, before) => before.Fence == held.Fence && before.UntilAt == held.UntilAt ? before : new Sight(held.Fence, held.UntilAt, now));
        return _clock.GetElapsedTime(sight.Since, now) > Options.Duration;
    }

    private sealed record Sight(long Fence, DateTimeOffset UntilAt, long Since);

    private sealed class Row
    {
        public long Fence { get; init; }

        public string Owner { get; init; } = "";

        public DateTimeOffset UntilAt { get; init; }
    }
}
