using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using V1 = OrderTracking.Messaging.V1;

namespace OrderTracking.BuildingBlocks.Messaging.DeadLetters;

/// <summary>Gives a dead letter back to its consumer, or up for good.</summary>
internal sealed class SettleDeadLetter(ReadDeadLetters letters, IEnumerable<DeadLetterWitness> witnesses)
{
    private const int ReasonCharactersMax = 1000;

    // What is due to be delivered again lives by the machine's clock, as the bus does.
    private static readonly TimeProvider Clock = MicrosecondClock.Machine;
    private readonly IReadOnlyList<DeadLetterWitness> _witnesses = [.. witnesses];

    public Task<V1.DeadLetter> Replay(V1.ReplayDeadLetterRequest request, string method, Actor actor, CancellationToken cancellation)
    {
        var (database, seq, reason) = Read(request.Name, request.Reason, reasonMin: 0);
        return Once(database, request.RequestId, request.ValidateOnly, request, method, actor, tx => Replay(tx, database, seq, request.Etag, reason, actor), cancellation);
    }

    public Task<V1.DeadLetter> Discard(V1.DiscardDeadLetterRequest request, string method, Actor actor, CancellationToken cancellation)
    {
        var (database, seq, reason) = Read(request.Name, request.Reason, reasonMin: 1);
        return Once(database, request.RequestId, request.ValidateOnly, request, method, actor, tx => Discard(tx, database, seq, request.Etag, reason, actor), cancellation);
    }

    private async Task<V1.DeadLetter> Replay(Tx tx, Db database, long seq, string etag, string reason, Actor actor)
    {
        var letter = await Find(tx, database, seq);
        // A repeat finds it done: neither an error nor a second delivery.
        if (letter.State is DeadLetterRow.Replaying or DeadLetterRow.Replayed)
            return await Whole(tx, database, seq);
        Etag.Require(etag, letter.Version, strict: false);
        if (letter.IsUnreadable)
            throw Refused(DeadLetterReasons.DeadLetterUnreadable, database, letter, "could not be read, so no handler can take it; discard it");
        if (letter.State == DeadLetterRow.Discarded)
            throw Refused(DeadLetterReasons.DeadLetterDiscarded, database, letter, "was given up for good");
        var now = Clock.GetUtcNow();
        await DeadLetterStore.Replay(tx, letter, actor.Subject, reason, now);
        await Witness(tx, database, letter, actor, "dead_letters.replay", reason, now);
        return await Whole(tx, database, seq);
    }

    private async Task<V1.DeadLetter> Discard(Tx tx, Db database, long seq, string etag, string reason, Actor actor)
    {
        var letter = await Find(tx, database, seq);
        if (letter.State == DeadLetterRow.Discarded)
            return await Whole(tx, database, seq);
        Etag.Require(etag, letter.Version, strict: false);
        if (letter.State != DeadLetterRow.Waiting)
            throw Refused(DeadLetterReasons.DeadLetterReplayed, database, letter, "was given back to its consumer");
        var now = Clock.GetUtcNow();
        await DeadLetterStore.Discard(tx, letter, actor.Subject, reason, now);
        await Witness(tx, database, letter, actor, "dead_letters.discard", reason, now);
        return await Whole(tx, database, seq);
    }

    private (Db Database, long Seq, string Reason) Read(string text, string reason, int reasonMin)
    {
        var violations = new Violations();
        var name = DeadLetterName.Parse(text, violations);
        var words = reason.Trim();
        if (words.Length < reasonMin || words.Length > ReasonCharactersMax)
            violations.Add("reason", DeadLetterReasons.DeadLetterReasonInvalid, words.Length == 0 ? null : words, $"{reasonMin} to 1,000 characters");
        violations.ThrowIfAny();
        return (letters.Database(name!.Value.Service, text), name.Value.Seq, words);
    }

    private static Task<V1.DeadLetter> Once<TRequest>(
        Db database, string requestId, bool validateOnly, TRequest request, string method, Actor actor, Func<Tx, Task<V1.DeadLetter>> act, CancellationToken cancellation)
        where TRequest : class, Google.Protobuf.IMessage<TRequest> =>
        database.Write(tx => Requests.Once(tx, method, requestId, actor, request, Clock.GetUtcNow(), () => act(tx)), cancellation, validateOnly);

    private static async Task<DeadLetterRow> Find(Tx tx, Db database, long seq) =>
        await DeadLetterStore.Find(tx, seq) ?? throw ReadDeadLetters.Unknown(DeadLetterName.Of(database, seq));

    private static async Task<V1.DeadLetter> Whole(Tx tx, Db database, long seq)
    {
        var row = await Find(tx, database, seq);
        return DeadLetterMapping.Whole(database, row, await DeadLetterStore.Acts(tx, row));
    }

    private async Task Witness(Tx tx, Db database, DeadLetterRow letter, Actor actor, string action, string reason, DateTimeOffset now)
    {
        var act = new DeadLetterActed(DeadLetterName.Of(database, letter.Seq), action, actor.Subject, $"{letter.Type} {letter.EventId:D} of {letter.Consumer}: {reason}", now);
        foreach (var witness in _witnesses.Where(witness => witness.Database == database.Name))
            await witness.Record(tx, act);
    }

    private static Refusal Refused(Reason reason, Db database, DeadLetterRow letter, string why) =>
        new(reason, $"{DeadLetterName.Of(database, letter.Seq)} {why}.")
        {
            Metadata = new Dictionary<string, string> { ["name"] = DeadLetterName.Of(database, letter.Seq), ["state"] = letter.State },
        };
}
