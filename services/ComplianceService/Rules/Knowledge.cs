using System.Collections.Concurrent;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Catalog;
using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Lists;
using OrderTracking.ComplianceService.Rules.Parsing;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>
/// Holds what is known. A closure asks <see cref="Current"/>, which never answers with less than its transaction sees; what-ifs ask
/// <see cref="AsOf"/>, which answers from memory.
/// </summary>
internal sealed class Knowledge(ComplianceDb db, TimeProvider clock, PackFiles pack)
{
    // Instants survive six fractional digits on every engine.
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<Guid, AmendmentContent> parsed = new();
    private KnowledgeHead? latest;
    private KnowledgeHead? built;
    private TaskCompletionSource? publishing;
    private int publishers;

    /// <summary>What is committed, as of the last look. Not for deciding inside a transaction.</summary>
    public KnowledgeHead Latest => Volatile.Read(ref latest) ?? throw new InvalidOperationException("The rules are not loaded yet.");

    /// <summary>Everything recorded as this transaction sees it, its own uncommitted changes included.</summary>
    public async Task<KnowledgeHead> Current(Tx tx)
    {
        // Compared by the change's id and not by its number: a change that is rolled back leaves its number to another one.
        var change = await RuleStore.LastChange(tx) ?? new RecordedChange { RecordedAt = DateTimeOffset.MinValue };
        var lists = await ListStore.LastChange(tx) ?? new RecordedChange { RecordedAt = DateTimeOffset.MinValue };
        if (Volatile.Read(ref latest) is { } committed && committed.Change == change.Id && committed.ListsChange == lists.Id)
            return committed;
        if (Volatile.Read(ref built) is { } seen && seen.Change == change.Id && seen.ListsChange == lists.Id)
            return seen;
        var head = await Load(tx, change, lists);
        Volatile.Write(ref built, head);
        return head;
    }

    /// <summary>Loads what is committed now into memory.</summary>
    public async Task Refresh(CancellationToken cancellation)
    {
        var head = await db.Read(Current, cancellation);
        lock (gate)
        {
            if (latest is null || head.Recorded > latest.Recorded)
                Volatile.Write(ref latest, head);
        }
    }

    /// <summary>
    /// The instant a change is recorded at: after every instant a decision was made as of, so that no answer of the past changes,
    /// however coarse or late the clock is, and however far the clock of another process is ahead.
    /// </summary>
    public async Task<DateTimeOffset> NextInstant(Tx tx)
    {
        var now = clock.GetUtcNow();
        var decided = await DecisionStore.LatestInstant(tx);
        var known = (await Current(tx)).KnownNow(decided > now ? decided.Value : now).UtcTicks;
        return new DateTimeOffset(known - (known % TicksPerMicrosecond) + TicksPerMicrosecond, TimeSpan.Zero);
    }

    /// <summary>Runs a whole write that may record a change, and makes what it recorded what-ifs' knowledge before it returns.</summary>
    public async Task<T> Publish<T>(Func<Task<T>> write)
    {
        lock (gate)
        {
            publishers++;
            publishing ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        // Before the clock, for what-ifs, which take no lock.
        Interlocked.MemoryBarrier();

        try
        {
            return await write();
        }
        finally
        {
            await EndPublish();
        }
    }

    /// <summary>
    /// What was known at an instant, for a what-if; absent or later than now is now. An instant that a change now under way may be recorded
    /// before waits for it, or the same question would be answered otherwise a moment later.
    /// </summary>
    public async ValueTask<(KnowledgeHead Head, DateTimeOffset KnownAt)> AsOf(DateTimeOffset? asked, CancellationToken cancellation)
    {
        var head = Latest;
        var now = head.KnownNow(clock.GetUtcNow());
        var knownAt = asked is { } past && past < now ? past.ToUniversalTime() : now;
        // After the clock: a change that is not seen here began later, and is recorded later than what was read.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref publishing) is { } pending && knownAt >= head.LatestPublished)
            await pending.Task.WaitAsync(cancellation);
        return (Latest, knownAt);
    }

    private async Task EndPublish()
    {
        try
        {
            // The write is committed or not, whatever happened to the call: not cancelled with it.
            await Refresh(CancellationToken.None);
        }
        finally
        {
            lock (gate)
            {
                if (--publishers == 0)
                {
                    publishing!.SetResult();
                    publishing = null;
                }
            }
        }
    }

    private async Task<KnowledgeHead> Load(Tx tx, RecordedChange change, RecordedChange lists)
    {
        KnowledgeHead?[] known = [Volatile.Read(ref latest), Volatile.Read(ref built)];
        // Rules and lists change apart: what did not change is taken over, with the work already done on it.
        var ruled = Array.Find(known, head => head?.Change == change.Id) ?? await LoadRules(tx, change);
        var listed = Array.Find(known, head => head?.ListsChange == lists.Id)?.Lists ?? await ListLoad.Run(tx, Volatile.Read(ref latest)?.Lists);
        return ruled with
        {
            LatestPublished = change.RecordedAt > lists.RecordedAt ? change.RecordedAt : lists.RecordedAt,
            Lists = listed,
            ListsChange = lists.Id,
            Recorded = change.Seq + lists.Seq,
        };
    }

    private async Task<KnowledgeHead> LoadRules(Tx tx, RecordedChange change)
    {
        var amendments = await RuleStore.Published(tx);
        var revisions = await PartStore.Approved(tx);
        var rules = RuleSnapshot.Build(pack.Rules, amendments.Select(Published), []);
        var catalogue = Catalogue.Build([.. pack.Catalogue, .. revisions.Select(PartMapping.Approved)]);
        return new KnowledgeHead(change.Id, change.Seq, change.RecordedAt, rules, catalogue);
    }

    private PublishedAmendment Published(AmendmentRow row)
    {
        var content = parsed.GetOrAdd(row.Id, _ => AmendmentParser.Parse(row.Definition, row.Name, pack.Rules.Vocabulary));
        return new PublishedAmendment(row.Rule, row.Title, (int)row.Number, row.RecordedAt!.Value, content);
    }
}
