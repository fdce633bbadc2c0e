using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Messaging;

/// <summary>
/// The events of one database that have not reached whom they are for: given up, to be tried again, or not published. Tells why something
/// that was to happen has not.
/// </summary>
public sealed class UndeliveredEvents
{
    private const int RowsMax = 500;

    private readonly IReadOnlyList<(string Body, string Why)> _events;

    private UndeliveredEvents(IReadOnlyList<(string Body, string Why)> events) => _events = events;

    /// <summary>Reads them: of each kind the newest 500, what was given up first.</summary>
    public static async Task<UndeliveredEvents> Read(Tx tx)
    {
        var take = new { take = RowsMax };
        var dead = await tx.Query<Row>(
            $"""
            select type as {nameof(Row.Type)}, body as {nameof(Row.Body)}, consumer as {nameof(Row.Consumer)}, error as {nameof(Row.Error)}
            from dead_letters where state in ('WAITING', 'DISCARDED') order by seq desc {tx.Dialect.Page()}
            """,
            take);
        var again = await tx.Query<Row>(
            $"""
            select type as {nameof(Row.Type)}, body as {nameof(Row.Body)}, consumer as {nameof(Row.Consumer)}, error as {nameof(Row.Error)}
            from redeliveries order by seq desc {tx.Dialect.Page()}
            """,
            take);
        var unsent = await tx.Query<Row>(
            $"""
            select type as {nameof(Row.Type)}, body as {nameof(Row.Body)}
            from outbox where published_at is null order by seq desc {tx.Dialect.Page()}
            """,
            take);
        return new UndeliveredEvents(
        [
            .. dead.Select(row => (row.Body, $"{row.Type} was given up by {row.Consumer} and is a dead letter: {row.FirstLine}.")),
            .. again.Select(row => (row.Body, $"{row.Type} failed in {row.Consumer} and is tried again: {row.FirstLine}.")),
            .. unsent.Select(row => (row.Body, $"{row.Type} is not published yet: look at the broker.")),
        ]);
    }

    /// <summary>Why an event about something has not arrived, as one sentence; null where there is no such event.</summary>
    /// <param name="id">Stands in the event's content as it is written there.</param>
    public string? About(Guid id)
    {
        var text = id.ToString("D");
        return _events.FirstOrDefault(undelivered => undelivered.Body.Contains(text, StringComparison.Ordinal)).Why;
    }

    private sealed class Row
    {
        public string Type { get; init; } = "";

        public string Body { get; init; } = "";

        public string Consumer { get; init; } = "";

        public string Error { get; init; } = "";

        public string FirstLine => Error.Split('\n', 2)[0].Trim().TrimEnd('.');
    }
}
