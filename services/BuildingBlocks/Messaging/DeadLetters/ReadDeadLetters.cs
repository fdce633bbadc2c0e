using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using V1 = OrderTracking.Messaging.V1;

namespace OrderTracking.BuildingBlocks.Messaging.DeadLetters;

/// <summary>Answers for one dead letter and for lists of them, over the databases of the process.</summary>
internal sealed class ReadDeadLetters(IEnumerable<Db> databases)
{
    private const string NewestFirst = "desc";
    private const char InService = '.';

    private static readonly IReadOnlyList<ListField> Fields =
    [
        new("state", "state", ListFieldKind.Text, Sortable: false),
        new("consumer", "consumer", ListFieldKind.Text, Sortable: false),
        new("event_type", "type", ListFieldKind.Text, Sortable: false),
        new("event_id", "event_id", ListFieldKind.Text, Sortable: false),
        new("death_time", "died_at", ListFieldKind.Instant, Sortable: false),
    ];

    private readonly IReadOnlyList<Db> _databases = [.. databases.OrderBy(database => database.Name, StringComparer.Ordinal)];

    public async Task<V1.DeadLetter> Get(V1.GetDeadLetterRequest request, CancellationToken cancellation)
    {
        var violations = new Violations();
        var name = DeadLetterName.Parse(request.Name, violations);
        violations.ThrowIfAny();
        var database = Database(name!.Value.Service, request.Name);
        return await database.Read(
            async tx =>
            {
                var row = await DeadLetterStore.Find(tx, name.Value.Seq) ?? throw Unknown(request.Name);
                return DeadLetterMapping.Whole(database, row, await DeadLetterStore.Acts(tx, row));
            },
            cancellation);
    }

    public async Task<V1.ListDeadLettersResponse> List(V1.ListDeadLettersRequest request, CancellationToken cancellation)
    {
        // The whole request is looked at before anything is read: every violation at once.
        var violations = new Violations();
        var asked = DeadLetterName.Parent(request.Parent, _databases, violations);
        var (first, token) = Place(request.PageToken, asked, violations);
        violations.ThrowIfAny();
        var response = new V1.ListDeadLettersResponse();
        var size = request.PageSize == 0 ? ListQuery.PageSizeDefault : Math.Min(request.PageSize, ListQuery.PageSizeMax);
        for (var index = first; index < asked.Count; index++)
        {
            var left = size - response.DeadLetters.Count;
            var query = ListQuery.Parse(left, token, request.Filter, "", Fields, NewestFirst);
            var rows = await Rows(asked[index], query, cancellation);
            response.DeadLetters.AddRange(query.Page(rows).Select(row => DeadLetterMapping.Of(asked[index], row)));
            token = query.NextToken(rows, row => null, row => row.Seq);
            var next = token.Length > 0 ? index : index + 1;
            if (response.DeadLetters.Count < size || next == asked.Count)
                continue;
            response.NextPageToken = $"{asked[next].Name}{InService}{token}";
            break;
        }

        return response;
    }

    /// <summary>The database of a service that this process runs.</summary>
    /// <exception cref="Refusal">DEAD_LETTER_UNKNOWN.</exception>
    public Db Database(string service, string name) => _databases.FirstOrDefault(database => database.Name == service) ?? throw Unknown(name);

    public static Refusal Unknown(string name) => new(DeadLetterReasons.DeadLetterUnknown, $"{name} does not exist here.")
    {
        Metadata = new Dictionary<string, string> { ["name"] = name },
    };

    private static Task<IReadOnlyList<DeadLetterRow>> Rows(Db database, ListQuery query, CancellationToken cancellation)
    {
        var sql = query.Sql();
        return database.Read(
            tx => tx.Query<DeadLetterRow>(
                $"select {DeadLetterStore.ListColumns} from dead_letters where {sql.Where} {sql.OrderBy} {tx.Dialect.Page()}", sql.Parameters),
            cancellation);
    }

    // A token names the service to go on in, and the place there; without a place at its beginning.
    private static (int First, string Token) Place(string pageToken, IReadOnlyList<Db> asked, Violations violations)
    {
        if (pageToken.Length == 0)
            return (0, "");
        var parts = pageToken.Split(InService, 2);
        for (var index = 0; index < asked.Count && parts.Length == 2; index++)
        {
            if (asked[index].Name == parts[0])
                return (index, parts[1]);
        }

        violations.Add("page_token", BuildingReasons.PageTokenInvalid, pageToken, "a next_page_token of the same parent and filter");
        return (0, "");
    }
}
