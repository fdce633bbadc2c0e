using System.Collections.Concurrent;
using Google.Protobuf;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Leasing;
using OrderTracking.ShipmentService.Shipments;

namespace OrderTracking.ShipmentService.Dispatches;

/// <summary>
/// Takes an open attempt to its end: asks compliance, commits the answer. Callers who give up do not stop it, and however many want
/// the same attempt finished, in whichever process, one question is under way at a time: by a lease in the database.
/// </summary>
internal sealed class FinishDispatch(
    ShipmentsDb db,
    SaveShipment save,
    AskCompliance compliance,
    ShipmentOptions options,
    TimeProvider clock,
    IHostApplicationLifetime lifetime,
    ILogger<FinishDispatch> logger)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentDictionary<Guid, Lazy<Task<DispatchAttempt>>> _underWay = new();

    /// <summary>Asks for who opened the attempt. Ends as <see cref="Run"/> does.</summary>
    /// <param name="attempt">As it was opened.</param>
    /// <param name="shipment">As it was frozen with the attempt: nothing changes its facts until the attempt ends.</param>
    /// <param name="lease">Taken with the attempt, so nobody else asks.</param>
    public Task<DispatchAttempt> Begin(DispatchAttempt attempt, Shipment shipment, Lease lease) => AskAndClose(attempt, shipment, lease);

    /// <summary>The attempt as it ended, or still open where compliance gave no answer, or who else asks none in time.</summary>
    public Task<DispatchAttempt> Run(DispatchAttempt attempt) =>
        _underWay.GetOrAdd(attempt.Id, (_, open) => new Lazy<Task<DispatchAttempt>>(() => TakeAndClose(open)), attempt).Value;

    private async Task<DispatchAttempt> TakeAndClose(DispatchAttempt attempt)
    {
        // The entry must be in the dictionary before the work that removes it can end.
        await Task.Yield();
        try
        {
            return await Take(attempt) is { } lease
                ? await AskAndClose(attempt, frozen: null, lease)
                : await db.Read(tx => DispatchStore.Require(tx, attempt.Id));
        }
        finally
        {
            _underWay.TryRemove(attempt.Id, out _);
        }
    }

    private async Task<DispatchAttempt> AskAndClose(DispatchAttempt attempt, Shipment? frozen, Lease lease)
    {
        try
        {
            var asked = await LeaseHold.Run(db, lease, held => Ask(attempt, frozen, lease, held), logger, lifetime.ApplicationStopping);
            if (asked.State == AttemptState.Open)
                await db.Write(tx => Leases.Release(tx, lease));
            return asked;
        }
        catch (OperationCanceledException)
        {
            Log.DispatchTakenOver(logger, attempt.Id, attempt.ShipmentId);
            return attempt;
        }
        catch (Exception error)
        {
            Log.DispatchUnfinished(logger, error, attempt.Id, attempt.ShipmentId);
            throw;
        }
    }

    /// <summary>The lease, once it is free; null where the attempt has ended, or nobody gave it back in time.</summary>
    private async Task<Lease?> Take(DispatchAttempt attempt)
    {
        var name = DispatchStore.LeaseOf(attempt.Id);
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var (isOpen, isFree) = await db.Read(async tx =>
                ((await DispatchStore.Require(tx, attempt.Id)).State == AttemptState.Open, await db.Leases.IsFree(tx, name)));
            if (!isOpen)
                return null;
            if (isFree && await db.Write(tx => TakeOpen(tx, attempt.Id, name)) is { } lease)
                return lease;
            if (TimeProvider.System.GetElapsedTime(started) > options.AuthorizeDeadline)
                return null;
            await Task.Delay(LookAgain, TimeProvider.System, lifetime.ApplicationStopping);
        }
    }

    private async Task<Lease?> TakeOpen(Tx tx, Guid attemptId, string name) =>
        (await DispatchStore.Require(tx, attemptId)).State == AttemptState.Open ? await db.Leases.TryTake(tx, name) : null;

    private async Task<DispatchAttempt> Ask(DispatchAttempt attempt, Shipment? frozen, Lease lease, CancellationToken held)
    {
        var shipment = frozen ?? await db.Read(tx => Asked(tx, attempt), held);
        if (shipment is null)
            return await db.Read(tx => DispatchStore.Require(tx, attempt.Id), held);
        var answer = await compliance.Ask(shipment, attempt.Id, validateOnly: false, held);
        // An answer is kept also while the process stops; a lease that was lost is told by its fence.
        if (answer is not PermitAnswer.NoAnswer silence)
            return await db.Write(tx => Close(tx, attempt, lease, answer), CancellationToken.None);
        Log.DispatchUnanswered(logger, attempt.Id, attempt.ShipmentId, silence.Why);
        return attempt;
    }

    private static async Task<Shipment?> Asked(Tx tx, DispatchAttempt attempt)
    {
        var shipment = await ShipmentStore.Require(tx, attempt.ShipmentId);
        return shipment.AttemptId == attempt.Id ? shipment : null;
    }

    private async Task<DispatchAttempt> Close(Tx tx, DispatchAttempt attempt, Lease lease, PermitAnswer answer)
    {
        // An answer of before the lease was lost says less than the one its holder gets now. While it is held nobody else closes the attempt,
        // which was open when it was taken.
        await Leases.GiveBack(tx, lease);
        var shipment = await ShipmentStore.Require(tx, attempt.ShipmentId);
        var stamp = new Stamp(clock.GetUtcNow(), attempt.Actor);
        var steps = await StepsOf(tx, shipment, attempt, answer, stamp);
        await save.Run(tx, steps);
        var closed = answer switch
        {
            PermitAnswer.Refused refused => attempt with { State = AttemptState.Refused, Refusal = refused.Refusal },
            PermitAnswer.NotDecided undecided => attempt with { State = AttemptState.Refused, Refusal = undecided.Refusal },
            PermitAnswer.Granted granted => attempt with
            {
                State = AttemptState.Granted,
                FactsDigest = granted.FactsDigest,
                Answer = ShipmentMapping.Of(steps[^1].After).ToByteArray(),
            },
            _ => throw new InvalidOperationException($"Attempt {attempt.Id} cannot be closed by {answer}"),
        };
        await DispatchStore.Close(tx, closed, stamp.Now);
        return closed;
    }

    private static async Task<IReadOnlyList<ShipmentStep>> StepsOf(
        Tx tx, Shipment shipment, DispatchAttempt attempt, PermitAnswer answer, Stamp stamp)
    {
        switch (answer)
        {
            case PermitAnswer.Granted { PermitId: { } permitId } granted:
                var revoked = granted.Revoked || await DispatchStore.IsRevoked(tx, permitId);
                if (granted.Revoked)
                    await DispatchStore.Revoke(tx, permitId, shipment.Id, "Compliance answered with a revoked permit.", stamp.Now);
                return DispatchRules.Grant(shipment, attempt, permitId, revoked, stamp);
            case PermitAnswer.Refused refused:
                return [DispatchRules.Refuse(shipment, attempt.Id, refused.Screening, stamp)];
            case PermitAnswer.NotDecided:
                return [DispatchRules.NotDecided(shipment, attempt.Id, stamp)];
            default:
                throw new InvalidOperationException($"Attempt {attempt.Id} cannot be closed by {answer}");
        }
    }
}
