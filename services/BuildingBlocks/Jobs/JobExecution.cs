using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.BuildingBlocks.Jobs;

/// <summary>One claimed job from its checkpoint to its end, or to the moment it has to be given up.</summary>
internal sealed class JobExecution<TDb>(
    TDb db, Job? job, JobRow row, JobSignal<TDb> signal, JobOptions options, TimeProvider clock, ILogger logger)
    where TDb : Db
{
    private const int RenewalsPerLease = 3;
    private static readonly TimeProvider LeaseClock = MicrosecondClock.Machine;
    private readonly JobRun _run = new(row);

    public async Task Run(CancellationToken stopping)
    {
        if (job is null)
        {
            // Another version of the program knows it: left for a process that does.
            await Release(LeaseClock.GetUtcNow() + options.Lease);
            return;
        }

        if (row.ClaimsWithoutProgress > options.ClaimsWithoutProgressMax)
        {
            await End(JobRow.Failed, error: JobError.GivenUp(row.Kind));
            return;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var renewing = new CancellationTokenSource();
        signal.Began(row.Id, ending);
        var renewal = Renew(ending, renewing.Token);
        try
        {
            await Finish(Task.Run(() => job.Run(_run, row.Request, ending.Token), CancellationToken.None), ending.Token, stopping);
        }
        finally
        {
            signal.Ended(row.Id);
            await renewing.CancelAsync();
            await renewal;
        }
    }

    private async Task Finish(Task<IMessage> work, CancellationToken ending, CancellationToken stopping)
    {
        try
        {
            await Patiently(work, ending);
            await End(JobRow.Succeeded, response: Any.Pack(await work).ToByteArray());
        }
        catch (Exception error) when (error is OperationCanceledException || ending.IsCancellationRequested)
        {
            await Interrupted(stopping);
        }
        catch (Exception error) when (db.Dialect.IsTransient(error) || error is Refusal { RetryDelay: not null })
        {
            Log.RunPostponed(logger, error, row.Kind, row.Id);
            await Release(LeaseClock.GetUtcNow() + options.LookInterval);
        }
#pragma warning disable CA1031 // Whatever a job throws is how it ends.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (error is not Refusal)
                Log.RunFailed(logger, error, row.Kind, row.Id);
            await End(JobRow.Failed, error: JobError.Of(error));
        }
    }

    // A job that does not look at its token must not keep the process from ending: its claim is given up, and it can write no more.
    private async Task Patiently(Task work, CancellationToken ending)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = ending.Register(ended.SetResult);
        if (await Task.WhenAny(work, ended.Task) != work)
            await Task.WhenAny(work, Task.Delay(options.StopPatience, LeaseClock, CancellationToken.None));
        if (!work.IsCompleted)
            throw new TimeoutException($"{row.Name} did not end when it was told to.");
        await work;
    }

    private async Task Interrupted(CancellationToken stopping)
    {
        if (await db.Read(tx => JobStore.CancelRequested(tx, row.Id), CancellationToken.None))
            await End(JobRow.Cancelled, error: JobError.Cancelled());
        else
            await Release(stopping.IsCancellationRequested ? null : LeaseClock.GetUtcNow() + options.LookInterval);
    }

    private async Task Renew(CancellationTokenSource ending, CancellationToken renewing)
    {
        using var timer = new PeriodicTimer(options.Lease / RenewalsPerLease, LeaseClock);
        try
        {
            while (await timer.WaitForNextTickAsync(renewing))
            {
                if (!await RenewOnce())
                    await ending.CancelAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
    }

    /// <returns>False when the run has to end.</returns>
    private async Task<bool> RenewOnce()
    {
        try
        {
            return await db.Write(async tx =>
                await JobStore.Renew(tx, row.Id, row.Claim, LeaseClock.GetUtcNow() + options.Lease)
                && !await JobStore.CancelRequested(tx, row.Id));
        }
#pragma warning disable CA1031 // Tried again in a third of the lease; if it is lost, no write of this run takes effect.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Log.LookFailed(logger, error, db.Name);
            return true;
        }
    }

    private Task End(string state, byte[]? response = null, byte[]? error = null)
    {
        var ended = new JobRow
        {
            Id = row.Id,
            Claim = row.Claim,
            State = state,
            Response = response,
            Error = error,
            Faults = _run.Faults,
            EndedAt = clock.GetUtcNow(),
        };
        return db.Write(tx => JobStore.End(tx, ended));
    }

    private Task Release(DateTimeOffset? until) => db.Write(tx => JobStore.Release(tx, row.Id, row.Claim, until));
}
