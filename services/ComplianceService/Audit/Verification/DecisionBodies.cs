using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.ComplianceService.Audit.Verification;

/// <summary>
/// The digests of stored decisions for entries that come in the order of the chain, which is nearly theirs: decisions are read once, in order,
/// ahead of the entries. One that is not there yet, or stands out of its order, is looked up by its id.
/// </summary>
/// <param name="isFromFirst">The entries begin with the first. Otherwise there is no place among the decisions to begin at: each is looked up.</param>
internal sealed class DecisionBodies(bool isFromFirst)
{
    private const int BatchRows = 2_000;

    // Decisions read whose entries have not come: more than these are only read when they are due.
    private const int AheadMax = 20_000;
    private const string SelectNext = "select seq as Seq, decision_id as Id, body as Body from decisions where seq > @after order by seq";
    private const string SelectOne = "select seq as Seq, decision_id as Id, body as Body from decisions where decision_id = @id";
    private readonly Dictionary<string, byte[]> _ahead = new(StringComparer.Ordinal);
    private readonly HashSet<string> _lookedUp = new(StringComparer.Ordinal);
    private long _after;

    /// <summary>Decisions read so far that no entry has named.</summary>
    public IReadOnlyCollection<string> Unnamed => _ahead.Keys;

    /// <summary>Where reading goes on.</summary>
    public long After => _after;

    /// <summary>Decisions read in their order.</summary>
    public long Count { get; private set; }

    /// <summary>The bytes of decisions by id; those that are not stored are not there.</summary>
    public async Task<IReadOnlyDictionary<string, byte[]>> Take(Tx tx, IEnumerable<string> ids)
    {
        var found = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var isEnd = !isFromFirst;
        foreach (var id in ids)
        {
            while (!_ahead.ContainsKey(id) && !isEnd && _ahead.Count < AheadMax && !_lookedUp.Contains(id) && !found.ContainsKey(id))
                isEnd = !await ReadOn(tx);
            if (_ahead.Remove(id, out var body))
                found[id] = body;
            else if (!found.ContainsKey(id) && await tx.QueryFirstOrDefault<BodyRow>(SelectOne, new { id }) is { } row)
            {
                found[id] = row.Body;
                if (row.Seq > _after)
                    _lookedUp.Add(id);
            }
        }

        return found;
    }

    private async Task<bool> ReadOn(Tx tx)
    {
        var rows = await tx.Query<BodyRow>($"{SelectNext} {tx.Dialect.Page()}", new { after = _after, take = BatchRows });
        foreach (var row in rows)
            if (!_lookedUp.Contains(row.Id))
                _ahead[row.Id] = row.Body;
        if (rows.Count > 0)
            (_after, Count) = (rows[^1].Seq, Count + rows.Count);
        return rows.Count > 0;
    }

    private sealed class BodyRow
    {
        public long Seq { get; init; }

        public string Id { get; init; } = "";

        public byte[] Body { get; init; } = [];
    }
}
