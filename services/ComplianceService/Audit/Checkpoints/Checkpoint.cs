using OrderTracking.AuditTrail;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Audit.Chain;

namespace OrderTracking.ComplianceService.Audit.Checkpoints;

/// <summary>The root of the tree over the first entries of the chain.</summary>
internal sealed class Checkpoint
{
    /// <summary>Entries of the tree: it covers 1 to this.</summary>
    public long Size { get; init; }

    public string Root { get; init; } = "";

    /// <summary>The hash of the entry <see cref="Size"/>.</summary>
    public string HeadHash { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Checkpoints as rows.</summary>
internal static class CheckpointStore
{
    private const string Columns = "size as Size, root as Root, head_hash as HeadHash, created_at as CreatedAt";

    private const string SelectLast = $"select {Columns} from audit_checkpoints order by size desc";

    private const string SelectFrom = $"select {Columns} from audit_checkpoints where size >= @from order by size";

    private const string InsertSql = """
        insert into audit_checkpoints (size, root, head_hash, created_at) values (@Size, @Root, @HeadHash, @CreatedAt)
        """;

    public static Task<Checkpoint?> Last(Tx tx) =>
        tx.QueryFirstOrDefault<Checkpoint>($"{SelectLast} {tx.Dialect.Page()}", new { take = 1 });

    /// <summary>Checkpoints of at least a size, smallest first.</summary>
    public static Task<IReadOnlyList<Checkpoint>> From(Tx tx, long from) => tx.Query<Checkpoint>(SelectFrom, new { from });

    /// <summary>The checkpoint over everything there is; made where there is none yet. Null while the chain is empty.</summary>
    public static async Task<Checkpoint?> Make(Tx tx, DateTimeOffset now)
    {
        var head = await AuditChain.Head(tx);
        var last = await Last(tx);
        if (head.Seq == 0 || last?.Size == head.Seq)
            return last;
        await TreeBlocks.Fill(tx, head.Seq);
        var root = (await TreeBlocks.Log(tx, head.Seq, [])).Root();
        var made = new Checkpoint { Size = head.Seq, Root = Convert.ToHexStringLower(root), HeadHash = head.Hash, CreatedAt = now };
        await tx.Execute(InsertSql, made);
        return made;
    }

    /// <summary>Shows that an entry is in the tree of a checkpoint.</summary>
    public static async Task<InclusionProof> Prove(Tx tx, Checkpoint checkpoint, long seq)
    {
        var log = await TreeBlocks.Log(tx, checkpoint.Size, [seq - 1]);
        return new InclusionProof(seq, checkpoint.Size, [.. log.Path(seq - 1).Select(Convert.ToHexStringLower)]);
    }
}
