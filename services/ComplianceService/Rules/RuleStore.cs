using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Audit.Chain;

namespace OrderTracking.ComplianceService.Rules;

internal static class RuleStore
{
    private const string AmendmentColumns = """
        id as Id, [rule] as [Rule], number as Number, position as Position, title as Title, definition as Definition, digest as Digest,
        state as State, recorded_at as RecordedAt, proposed_by as ProposedBy, decided_by as DecidedBy, note as Note, version as Version,
        tests as Tests, tests_digest as TestsDigest, base_change as BaseChange, reviewed_by as ReviewedBy, reviewed_at as ReviewedAt,
        review_note as ReviewNote, created_at as CreatedAt, updated_at as UpdatedAt
        """;

    private const string RuleColumns = """
        seq as Seq, id as Id, name as Name, title as Title, origin as Origin, version as Version, created_at as CreatedAt,
        updated_at as UpdatedAt
        """;

    private const string SelectAmendment = $"select {AmendmentColumns} from amendments where [rule] = @rule and number = @number";

    public static Task<AmendmentRow?> Find(Tx tx, string rule, long number) =>
        tx.QueryFirstOrDefault<AmendmentRow>(SelectAmendment, new { rule, number });

    private const string SelectAmendments = $"select {AmendmentColumns} from amendments where [rule] = @rule order by number";

    public static Task<IReadOnlyList<AmendmentRow>> AmendmentsOf(Tx tx, string rule) =>
        tx.Query<AmendmentRow>(SelectAmendments, new { rule });

    private const string SelectPublished = $"select {AmendmentColumns} from amendments where state = 'PUBLISHED' order by seq";

    public static Task<IReadOnlyList<AmendmentRow>> Published(Tx tx) => tx.Query<AmendmentRow>(SelectPublished);

    private const string InsertAmendment = """
        insert into amendments
            (id, [rule], number, position, title, definition, digest, state, recorded_at, proposed_by, decided_by, note, version,
             tests, tests_digest, base_change, reviewed_by, reviewed_at, review_note, created_at, updated_at)
        values
            (@Id, @Rule, @Number, @Position, @Title, @Definition, @Digest, @State, @RecordedAt, @ProposedBy, @DecidedBy, @Note, @Version,
             @Tests, @TestsDigest, @BaseChange, @ReviewedBy, @ReviewedAt, @ReviewNote, @CreatedAt, @UpdatedAt)
        """;

    public static async Task Insert(Tx tx, AmendmentRow row)
    {
        await tx.Execute(InsertAmendment, row);
        await RecordChain.Amendment(tx, row.Rule, row.Number, row.UpdatedAt);
    }

    private const string UpdateDecided = """
        update amendments
        set state = @State, position = @Position, recorded_at = @RecordedAt, decided_by = @DecidedBy, note = @Note, version = @Version,
            reviewed_by = @ReviewedBy, reviewed_at = @ReviewedAt, review_note = @ReviewNote, updated_at = @UpdatedAt
        where id = @Id and state = 'PROPOSED' and version = @Version - 1
        """;

    /// <summary>Closes a proposal; false when somebody closed it before.</summary>
    public static async Task<bool> Decide(Tx tx, AmendmentRow row)
    {
        if (await tx.Execute(UpdateDecided, row) != 1)
            return false;
        await RecordChain.Amendment(tx, row.Rule, row.Number, row.UpdatedAt);
        return true;
    }

    private const string UpdateReviewed = """
        update amendments
        set reviewed_by = @ReviewedBy, reviewed_at = @ReviewedAt, review_note = @ReviewNote, version = @Version, updated_at = @UpdatedAt
        where id = @Id and state = 'PROPOSED' and version = @Version - 1
        """;

    public static async Task Review(Tx tx, AmendmentRow row)
    {
        await tx.Execute(UpdateReviewed, row);
        await RecordChain.Amendment(tx, row.Rule, row.Number, row.UpdatedAt);
    }

    private const string SelectPublishedSince = "select subject from recorded_changes where kind = 'AMENDMENT' and seq > @change";

    /// <summary>The names of the amendments, of any rule, that were published after a change.</summary>
    public static Task<IReadOnlyList<string>> PublishedSince(Tx tx, long change) => tx.Query<string>(SelectPublishedSince, new { change });

    private const string InsertChange = """
        insert into recorded_changes (id, kind, subject, recorded_at) values (@id, @kind, @subject, @recordedAt)
        """;

    public static Task Record(Tx tx, Guid id, string kind, string subject, DateTimeOffset recordedAt) =>
        tx.Execute(InsertChange, new { id, kind, subject, recordedAt });

    private const string SelectLastChange = """
        select seq as Seq, id as Id, recorded_at as RecordedAt from recorded_changes
        where seq = (select max(seq) from recorded_changes)
        """;

    public static Task<RecordedChange?> LastChange(Tx tx) => tx.QueryFirstOrDefault<RecordedChange>(SelectLastChange);

    private const string SelectRule = $"select {RuleColumns} from rules where name = @name";

    public static Task<RuleRow?> FindRule(Tx tx, string name) => tx.QueryFirstOrDefault<RuleRow>(SelectRule, new { name });

    private const string InsertRule = """
        insert into rules (id, name, title, origin, version, created_at, updated_at) values (@id, @name, @title, @origin, 1, @now, @now)
        """;

    private const string UpdateRule = "update rules set title = @title, version = version + 1, updated_at = @now where name = @name";

    /// <summary>Makes or changes the row of a rule whose amendments or title changed.</summary>
    public static async Task Touch(Tx tx, string rule, string title, string origin, DateTimeOffset now)
    {
        var row = new { id = Guid.CreateVersion7(now), name = $"rules/{rule}", title, origin, now };
        if (await tx.Execute(UpdateRule, row) == 0)
            await tx.Execute(InsertRule, row);
    }

    /// <summary>Rows of a list; <paramref name="where"/> and <paramref name="order"/> come from a parsed list request.</summary>
    public static Task<IReadOnlyList<RuleRow>> List(Tx tx, string where, string order, object parameters) =>
        tx.Query<RuleRow>($"select {RuleColumns} from rules where {where} {order} {tx.Dialect.Page()}", parameters);
}
