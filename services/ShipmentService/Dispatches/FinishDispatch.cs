using System.Collections.Concurrent;
using Google.Protobuf;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ShipmentService.Shipments;

namespace OrderTracking.ShipmentService.Dispatches;

/// <summary>
/// Takes an open attempt to its end: asks compliance, commits the answer. Callers who give up do not stop it, and however many want
/// the same attempt finished, one question is under way at a time.
/// </summary>
internal sealed class FinishDispatch(
    ShipmentsDb db,
    SaveShipment save,
    AskCompliance compliance,
    TimeProvider clock,
    IHostApplicationLifetime lifetime,
    ILogger<FinishDispatch> logger)
{
    private readonly ConcurrentDictionary<Guid, Lazy<Task<DispatchAttempt>>> _underWay = new();

    /// <summary>The attempt as it ended, or still open where compliance gave no answer.</summary>
    public Task<DispatchAttempt> Run(DispatchAttempt attempt) =>
        _underWay.GetOrAdd(attempt.Id, (_, open) => new Lazy<Task<DispatchAttempt>>(() => AskAndClose(open)), attempt).Value;

    private async Task<DispatchAttempt> AskAndClose(DispatchAttempt attempt)
    {
        // The entry must be in the dictionary before the work that removes it can end.
        await Task.Yield();
        try
        {
            var shipment = await db.Read(tx => Asked(tx, attempt));
            if (shipment is null)
                return await db.Read(tx => DispatchStore.Require(tx, attempt.Id));
            var answer = await compliance.Ask(shipment, attempt.Id, validateOnly: false, lifetime.ApplicationStopping);
            if (answer is not PermitAnswer.NoAnswer silence)
                return await db.Write(tx => Close(tx, attempt.Id, answer));
            Log.DispatchUnanswered(logger, attempt.Id, attempt.ShipmentId, silence.Why);
            return attempt;
        }
        catch (Exception error)
        {
            Log.DispatchUnfinished(logger, error, attempt.Id, attempt.ShipmentId);
            throw;
        }
        finally
        {
            _underWay.TryRemove(attempt.Id, out _);
        }
    }

    private static async Task<Shipment?> Asked(Tx tx, DispatchAttempt attempt)
    {
        var shipment = await ShipmentStore.Require(tx, attempt.ShipmentId);
        return shipment.AttemptId == attempt.Id ? shipment : null;
    }

    private async Task<DispatchAttempt> Close(Tx tx, Guid attemptId, PermitAnswer answer)
    {
        var attempt = await DispatchStore.Require(tx, attemptId);
        if (attempt.State != AttemptState.Open)
            return attempt;
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
