using System.Text.Json;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Audit;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Lists.Snapshots;

/// <summary>
/// Takes a list's file in. It is read whole before anything is stored, and stored in one transaction: there is never half a list. A
/// snapshot that only adds counts at once; one that lists anybody less waits for another person.
/// </summary>
internal sealed class ImportList(ComplianceDb db, Knowledge knowledge, RecordSnapshot record, TimeProvider clock)
{
    public const int SourceCharactersMax = 1_000;
    public const int RepairsKept = 1_000;
    private const string Action = "lists.import";

    public async Task Answer(
        IAsyncStreamReader<ImportScreeningListRequest> pieces, IServerStreamWriter<ImportScreeningListResponse> answers, ServerCallContext context)
    {
        var asked = await First(pieces, context.CancellationToken);
        var header = asked.Header;
        var terms = Parse(header);
        var taken = await FileIntake.Run(pieces, answers, context.CancellationToken);
        if (header.Sha256.Length > 0 && !string.Equals(header.Sha256, taken.Digest, StringComparison.OrdinalIgnoreCase))
            Violations.Throw("header.sha256", ListReasons.FileDigestDiffers, header.Sha256, $"{taken.Digest}, which is the digest of the file that came");
        // The file is part of what was asked: another one with the same request_id is another request.
        header.Sha256 = taken.Digest;
        var snapshot = await Store(asked, terms, taken, context);
        await answers.WriteAsync(new ImportScreeningListResponse { Snapshot = snapshot }, context.CancellationToken);
    }

    private async Task<V1.ListSnapshot> Store(ImportScreeningListRequest asked, Terms terms, TakenFile taken, ServerCallContext context)
    {
        var actor = context.Actor();
        ListContent[] contents = [.. taken.File.Entries.Select(entry => new ListContent(entry, entry.Digest()))];
        var plan = await db.Read(tx => Plan(tx, terms.List, contents), context.CancellationToken);
        return await knowledge.Publish(() => db.Write(
            tx => Requests.Once(
                tx, context.Method, asked.RequestId, actor, asked, clock.GetUtcNow(), () => Store(tx, terms, taken, contents, plan, actor)),
            context.CancellationToken,
            asked.ValidateOnly));
    }

    private async Task<ImportPlan> Plan(Tx tx, string list, ListContent[] contents)
    {
        var inForce = await ListStore.InForce(tx, list);
        var changes = ListDifference.Of(await ListStore.OpenSpans(tx, list), contents);
        var head = await knowledge.Current(tx);
        return new ImportPlan(inForce?.Number ?? 0, changes, await TouchedShipments.By(tx, changes, head.Lists.ThresholdAt(DateTimeOffset.MaxValue)));
    }

    private async Task<V1.ListSnapshot> Store(Tx tx, Terms terms, TakenFile taken, ListContent[] contents, ImportPlan plan, Actor actor)
    {
        var now = clock.GetUtcNow();
        var inForce = await ListStore.InForce(tx, terms.List);
        if (inForce is not null && terms.AsOf < inForce.AsOf)
            throw new Refusal(
                ListReasons.SnapshotOlder, $"{inForce.Name} is as of {Canonical.Date(inForce.AsOf)}, this file as of {Canonical.Date(terms.AsOf)}.");
        var number = await ListStore.NextNumber(tx, terms.List);
        var row = Row(terms, taken, contents, plan, number, actor, now);
        RecordSnapshot.RefuseOutdated(row, inForce);
        await ListStore.Insert(tx, row);
        foreach (var change in plan.Changes)
        {
            if (change.After is { } after)
                await ListStore.InsertEntry(tx, row.List, after.Digest, after.Entry);
            await ListStore.Insert(tx, new ChangeRow
            {
                List = row.List,
                Number = number,
                Kind = change.Kind,
                Entry = change.Entry,
                BeforeDigest = change.Before?.Digest,
                AfterDigest = change.After?.Digest,
            });
        }

        // What counts at once would make the waiting one outdated: a sample must not keep the whole list out.
        if (row.OnlyAdds && !await ListStore.AnotherWaits(tx, row))
            await record.Run(tx, row, plan.Changes, plan.Touched);
        await AuditLog.Record(
            tx, actor.Subject, Action, row.Name, AuditLog.Done,
            $"{row.State}; file {row.FileDigest}; {row.EntryCount} entries, {row.AddedCount} added, {row.ChangedCount} changed, {row.RemovedCount} removed", now);
        return ListMapping.Of(row);
    }

    private static SnapshotRow Row(
        Terms terms, TakenFile taken, ListContent[] contents, ImportPlan plan, long number, Actor actor, DateTimeOffset now) => new()
    {
        Name = ListNames.Snapshot(terms.List, number),
        List = terms.List,
        Number = number,
        SourceUri = terms.SourceUri,
        AsOf = terms.AsOf,
        FileDigest = taken.Digest,
        EntriesDigest = ListDifference.DigestOf(contents),
        BaseNumber = plan.Base,
        EntryCount = contents.Length,
        AddedCount = plan.Count(ChangeRow.Added),
        ChangedCount = plan.Count(ChangeRow.Changed),
        RemovedCount = plan.Count(ChangeRow.Removed),
        FileCut = taken.File.Cut,
        Repairs = JsonSerializer.Serialize(taken.File.Repairs.Take(RepairsKept)),
        ImportedBy = actor.Subject,
        CreatedAt = now,
        UpdatedAt = now,
    };

    private static async Task<ImportScreeningListRequest> First(
        IAsyncStreamReader<ImportScreeningListRequest> pieces, CancellationToken cancellation)
    {
        if (!await pieces.MoveNext(cancellation) || pieces.Current.PartCase != ImportScreeningListRequest.PartOneofCase.Header)
            Violations.Throw("part", ListReasons.ImportOutOfOrder, null, "one header, then pieces of the file");
        return pieces.Current;
    }

    private Terms Parse(ImportListHeader header)
    {
        var violations = new Violations();
        if (!ListNames.IsList(header.List))
            violations.Add("header.list", ListReasons.ListNameInvalid, header.List, "2 to 16 of A-Z, 0-9 and -, a letter first");
        var source = WireText.Parse(header.SourceUri, "header.source_uri", SourceCharactersMax, violations);
        var asOf = WireDate.Parse(header.AsOf, "header.as_of", violations);
        // Somewhere it is tomorrow already.
        var last = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(1);
        if (asOf > last)
            violations.Add("header.as_of", ListReasons.AsOfInvalid, Canonical.Date(asOf), $"up to {Canonical.Date(last)}");
        violations.ThrowIfAny();
        return new Terms(header.List, source!, asOf!.Value);
    }

    private sealed record Terms(string List, string SourceUri, DateOnly AsOf);

    private sealed record ImportPlan(long Base, IReadOnlyList<EntryChange> Changes, TouchedShipments Touched)
    {
        public long Count(string kind) => Changes.Count(change => change.Kind == kind);
    }
}
