using Google.Protobuf.WellKnownTypes;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Jobs;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.BuildingBlocks.Tests.Data.SqlServer;
using OrderTracking.Contracts.Compliance;

namespace OrderTracking.BuildingBlocks.Tests.Data;

/// <summary>The tables every service has: events to send, events taken, answers given, long work, leases.</summary>
public abstract class MessagingContract(SqlServerForTests? server) : DatabaseUnderTest(server)
{
    private static readonly DateTimeOffset Now = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task An_event_commits_with_its_cause_or_not_at_all()
    {
        var writes = await InOneBatch(
            tx => Send(tx, Ids.Next()),
            async tx =>
            {
                await Send(tx, Ids.Next());
                throw new FormatException();
            });
        Assert.True(writes[1].IsFaulted);
        Assert.Equal(1, await Db.Count("outbox"));
        Assert.Equal(Now, await Db.Read(tx => tx.Scalar<DateTimeOffset>("select sent_time from outbox where published_at is null")));
    }

    [Fact]
    public async Task An_event_is_taken_once_by_a_consumer_and_once_by_each()
    {
        var id = Ids.Next();
        Assert.True(await Db.Write(tx => Inbox.TryTake(tx, id, "first", Now)));
        Assert.False(await Db.Write(tx => Inbox.TryTake(tx, id, "first", Now)));
        Assert.True(await Db.Write(tx => Inbox.TryTake(tx, id, "First", Now)));
        Assert.Equal(2, await Db.Count("inbox"));
    }

    [Fact]
    public async Task A_request_has_its_effect_once_and_its_answer_as_often_as_asked()
    {
        var (id, effects) = (Ids.Next().ToString("D"), 0);
        var actor = new Actor("alice", new HashSet<string>(["caller"]));
        Task<Empty> Ask() => Db.Write(tx => Requests.Once(tx, "/a.B/C", id, actor, new Empty(), Now, () =>
        {
            effects++;
            return Task.FromResult(new Empty());
        }));
        await Ask();
        await Ask();
        Assert.Equal((1, 1), (effects, await Db.Count("requests")));
    }

    [Fact]
    public async Task A_job_is_claimed_by_one_saved_by_its_claim_and_found_again()
    {
        var row = new JobRow { Id = Ids.Next(), Kind = "count", Actor = "alice", Request = [1, 2, 3], CreatedAt = Now };
        await Db.Write(tx => JobStore.Insert(tx, row));
        Assert.Equal(row.Id, Assert.Single(await Db.Read(tx => JobStore.Claimable(tx, Now, 10))));
        var claimed = await Db.Write(tx => JobStore.Claim(tx, row.Id, Now, TimeSpan.FromSeconds(15), Now));
        Assert.NotNull(claimed);
        Assert.Null(await Db.Write(tx => JobStore.Claim(tx, row.Id, Now, TimeSpan.FromSeconds(15), Now)));
        Assert.True(await Db.Write(tx => JobStore.Save(tx, row.Id, claimed.Claim, 5, 10, "{}", [])));
        Assert.False(await Db.Write(tx => JobStore.Save(tx, row.Id, claimed.Claim - 1, 6, 10, "{}", [])));
        var found = await Db.Read(tx => JobStore.Find(tx, row.Id));
        Assert.Equal((5, 10, "{}", Now), (found!.WorkDone, found.WorkTotal, found.Checkpoint, found.CreatedAt));
        Assert.Equal(row.Request, found.Request);
    }

    [Fact]
    public async Task A_lease_is_held_by_one_process()
    {
        await using var other = await OfAnotherProcess();
        var taken = await Db.Write(tx => Db.Leases.TryTake(tx, "recheck"));
        Assert.NotNull(taken);
        Assert.Null(await other.Write(tx => other.Leases.TryTake(tx, "recheck")));
        Assert.NotNull(await other.Write(tx => other.Leases.TryTake(tx, "Recheck")));
    }

    private static Task Send(BuildingBlocks.Data.Tx tx, Guid id) => Outbox.Add(tx, id, new AmendmentPublished(id, Now, "tester", "RULE", "1", "digest"), Now);
}

public sealed class SqliteMessagingTests() : MessagingContract(null);

public sealed class SqlServerMessagingTests(SqlServerForTests server) : MessagingContract(server);
