using Google.Protobuf;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.Types.V1;

namespace OrderTracking.BuildingBlocks.Jobs;

/// <summary>One run of a job, from its last checkpoint on. Not for several threads at a time.</summary>
public sealed class JobRun
{
    private const int FaultsListedMax = 100;
    private const int FaultCharactersMax = 500;
    private readonly JobRow _row;
    private readonly JobMetadata _faults;

    internal JobRun(JobRow row)
    {
        _row = row;
        _faults = JobMetadata.Parser.ParseFrom(row.Faults);
        Checkpoint = row.Checkpoint;
    }

    /// <summary>The job's id: rows of its result carry it.</summary>
    public Guid Id => _row.Id;

    /// <summary>Its operation's name, <c>operations/{id}</c>.</summary>
    public string Name => _row.Name;

    /// <summary>Who asked for it.</summary>
    public string Actor => _row.Actor;

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset CreatedAt => _row.CreatedAt;

    /// <summary>As last saved; blank at first.</summary>
    public string Checkpoint { get; private set; }

    /// <summary>What was done as last saved.</summary>
    public long Done => _row.WorkDone;

    internal byte[] Faults => _faults.ToByteArray();

    /// <summary>Stores progress and checkpoint with the rows the transaction wrote: both, or neither.</summary>
    /// <param name="tx">The transaction of those rows.</param>
    /// <param name="done">Units of work done since the beginning, 0 or more.</param>
    /// <param name="total">All units of work; null while unknown.</param>
    /// <param name="checkpoint">What a later run needs to go on from here; its form is the job's own.</param>
    /// <exception cref="OperationCanceledException">Somebody asked to cancel, or another runner has the work. Let the transaction fail.</exception>
    public async Task Save(Tx tx, long done, long? total, string checkpoint)
    {
        if (await JobStore.CancelRequested(tx, Id))
            throw new OperationCanceledException($"{Name} is being cancelled.");
        if (!await JobStore.Save(tx, Id, _row.Claim, done, total, checkpoint, Faults))
            throw new OperationCanceledException($"Another runner has {Name}.");
        tx.AfterCommit(() => Checkpoint = checkpoint);
    }

    /// <summary>Notes a part that failed while the rest goes on. It is stored with the next <see cref="Save"/>, or with the end.</summary>
    /// <param name="subject">What failed; cut to 500 characters.</param>
    /// <param name="reason">Why; cut to 500 characters. Callers read it: nothing secret.</param>
    public void Fault(string subject, string reason)
    {
        _faults.FaultCount++;
        if (_faults.Faults.Count < FaultsListedMax)
            _faults.Faults.Add(new JobFault { Subject = Cut(subject), Reason = Cut(reason) });
    }

    private static string Cut(string text) => text.Length <= FaultCharactersMax ? text : text[..FaultCharactersMax];
}
