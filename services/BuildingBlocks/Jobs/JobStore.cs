using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Jobs;

/// <summary>Jobs as rows. Every write of a runner names its claim, so that one whose lease was taken over changes nothing.</summary>
internal static class JobStore
{
    private const string Columns = """
        seq as Seq, job_id as Id, kind as Kind, actor as Actor, state as State, finished as Finished, cancel_requested as CancelRequested,
        request as Request, work_done as WorkDone, work_total as WorkTotal, [checkpoint] as [Checkpoint], faults as Faults,
        response as Response, error as Error, claim as Claim, claims_without_progress as ClaimsWithoutProgress,
        traceparent as Traceparent, tracestate as Tracestate, baggage as Baggage,
        created_at as CreatedAt, started_at as StartedAt, ended_at as EndedAt
        """;

    private const string InsertSql = """
        insert into jobs (job_id, kind, actor, state, finished, cancel_requested, request, work_done, work_total, [checkpoint], faults, response,
            error, claim, claims_without_progress, leased_until, traceparent, tracestate, baggage, created_at, started_at, ended_at)
        values (@Id, @Kind, @Actor, @State, @Finished, @CancelRequested, @Request, @WorkDone, @WorkTotal, @Checkpoint, @Faults, @Response,
            @Error, @Claim, @ClaimsWithoutProgress, null, @Traceparent, @Tracestate, @Baggage, @CreatedAt, @StartedAt, @EndedAt)
        """;

    private const string FindSql = $"select {Columns} from jobs where job_id = @id";

    private const string ClaimableSql = """
        select job_id from jobs where finished = 0 and (leased_until is null or leased_until < @now) order by seq
        """;

    private const string ClaimSql = """
        update jobs
        set claim = claim + 1, claims_without_progress = claims_without_progress + 1, leased_until = @until, state = 'RUNNING',
            started_at = coalesce(started_at, @startedAt)
        where job_id = @id and finished = 0 and (leased_until is null or leased_until < @now)
        """;

    private const string RenewSql = """
        update jobs set leased_until = @until where job_id = @id and claim = @claim and finished = 0
        """;

    private const string SaveSql = """
        update jobs
        set work_done = @done, work_total = @total, [checkpoint] = @checkpoint, faults = @faults, claims_without_progress = 0
        where job_id = @id and claim = @claim and finished = 0
        """;

    // The claim goes up, so that a run that did not notice that it has to end can write nothing more.
    private const string ReleaseSql = """
        update jobs set leased_until = @until, claim = claim + 1, state = 'WAITING' where job_id = @id and claim = @claim and finished = 0
        """;

    private const string EndSql = """
        update jobs
        set state = @State, finished = 1, leased_until = null, response = @Response, error = @Error, faults = @Faults, ended_at = @EndedAt
        where job_id = @Id and claim = @Claim and finished = 0
        """;

    private const string AskCancelSql = "update jobs set cancel_requested = 1 where job_id = @id and finished = 0";

    private const string CancelWaitingSql = """
        update jobs set state = 'CANCELLED', finished = 1, error = @error, ended_at = @endedAt, claim = claim + 1, leased_until = null
        where job_id = @id and state = 'WAITING'
        """;

    public static Task Insert(Tx tx, JobRow row) => tx.Execute(InsertSql, row);

    public static Task<JobRow?> Find(Tx tx, Guid id) => tx.QueryFirstOrDefault<JobRow>(FindSql, new { id });

    public static Task<long> Unfinished(Tx tx) => tx.Scalar<long>("select count(*) from jobs where finished = 0");

    /// <summary>Work nobody has, oldest first.</summary>
    public static Task<IReadOnlyList<Guid>> Claimable(Tx tx, DateTimeOffset now, int take) =>
        tx.Query<Guid>($"{ClaimableSql} {tx.Dialect.Page()}", new { now, take });

    /// <summary>Takes a job; null when another runner was quicker.</summary>
    public static async Task<JobRow?> Claim(Tx tx, Guid id, DateTimeOffset now, TimeSpan lease, DateTimeOffset startedAt) =>
        await tx.Execute(ClaimSql, new { id, now, until = now + lease, startedAt }) == 1 ? await Find(tx, id) : null;

    /// <summary>Keeps a claim; false when it was lost.</summary>
    public static async Task<bool> Renew(Tx tx, Guid id, long claim, DateTimeOffset until) =>
        await tx.Execute(RenewSql, new { id, claim, until }) == 1;

    public static async Task<bool> Save(Tx tx, Guid id, long claim, long done, long? total, string checkpoint, byte[] faults) =>
        await tx.Execute(SaveSql, new { id, claim, done, total, checkpoint, faults }) == 1;

    /// <summary>Gives a claim up before the end; the job can be claimed again once <paramref name="until"/> is over, null: at once.</summary>
    public static Task Release(Tx tx, Guid id, long claim, DateTimeOffset? until) => tx.Execute(ReleaseSql, new { id, claim, until });

    public static Task End(Tx tx, JobRow ended) => tx.Execute(EndSql, ended);

    public static async Task<bool> CancelRequested(Tx tx, Guid id) =>
        await tx.Scalar<long>("select cancel_requested from jobs where job_id = @id", new { id }) == 1;

    public static Task AskCancel(Tx tx, Guid id) => tx.Execute(AskCancelSql, new { id });

    /// <summary>Ends what has not begun.</summary>
    public static async Task<bool> CancelWaiting(Tx tx, Guid id, byte[] error, DateTimeOffset endedAt) =>
        await tx.Execute(CancelWaitingSql, new { id, error, endedAt }) == 1;

    public static Task Delete(Tx tx, Guid id) => tx.Execute("delete from jobs where job_id = @id and finished = 1", new { id });

    /// <summary>Rows of a list; <paramref name="where"/> and <paramref name="order"/> come from a parsed list request.</summary>
    public static Task<IReadOnlyList<JobRow>> List(Tx tx, string where, string order, object parameters) =>
        tx.Query<JobRow>($"select {Columns} from jobs where {where} {order} {tx.Dialect.Page()}", parameters);
}
