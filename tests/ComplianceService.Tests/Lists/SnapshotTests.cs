using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Lists.Parsing;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Lists;

/// <summary>Lists come in whole, and what weakens screening takes two people.</summary>
public sealed class SnapshotTests : IAsyncLifetime
{
    private static readonly Listed Alpha = new("1", "Alphakon Industrija", Address: "Hamburg, DE");
    private static readonly Listed Beta = new("2", "Betakon Sanatgaran", Address: "Hamburg, DE");
    private ComplianceHost _host = null!;
    private ListDesk _desk = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ComplianceHost.Start("2025-04-01T12:00:00Z");
        _desk = new ListDesk(_host);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_snapshot_that_removes_an_entry_counts_once_another_person_approved_it()
    {
        await _desk.Import(Alpha, Beta);
        var goods = await Plan(Alpha.Name);
        await goods.Stands("HELD");

        var second = await _desk.Import(ListFiles.Consolidated(Beta), "2025-03-15", by: _desk.Olga);
        Assert.Equal((ListSnapshot.Types.State.Proposed, 1L, 0L, 0L), (second.State, second.RemovedCount, second.AddedCount, second.ChangedCount));
        var change = Assert.Single((await _desk.Omar.ListListEntryChangesAsync(new ListListEntryChangesRequest { Parent = second.Name })).Changes);
        Assert.Equal((ListEntryChange.Types.Kind.Removed, Alpha.Name), (change.Kind, change.Before.ListedName));
        await _host.Quiet();
        await goods.Stands("HELD");

        var same = await Refused.By(() => _desk.Olga.ApproveListSnapshotAsync(new ApproveListSnapshotRequest { Name = second.Name }).ResponseAsync);
        Assert.Equal("SAME_PERSON", same.Reason);
        var approved = await _desk.Omar.ApproveListSnapshotAsync(new ApproveListSnapshotRequest { Name = second.Name });
        Assert.Equal((ListSnapshot.Types.State.InForce, "omar"), (approved.State, approved.DecidedBy));
        await ComplianceHost.Eventually(
            async () => (await goods.Holds("OPEN")).Count == 0 ? "let go of" : null, "the hold is not open any more");
        Assert.Equal(
            [ListSnapshot.Types.State.InForce, ListSnapshot.Types.State.Superseded],
            (await _desk.Ana.ListListSnapshotsAsync(new ListListSnapshotsRequest { Parent = "lists/CSL" })).Snapshots.Select(one => one.State));
    }

    [Fact]
    public async Task Entries_are_shared_between_snapshots_and_every_snapshot_can_be_read()
    {
        var first = await _desk.Import(Alpha, Beta);
        var second = await _desk.Import(ListFiles.Consolidated(Alpha, Beta with { Aliases = "BTK" }, new Listed("3", "Gammakon")), "2025-03-15");
        await _desk.Olga.ApproveListSnapshotAsync(new ApproveListSnapshotRequest { Name = second.Name });

        Assert.Equal(4, await _host.Count("list_entries"));
        Assert.Equal(4, await _host.Count("list_spans"));
        Assert.Equal([Alpha.Name, Beta.Name], await Names(first.Name));
        Assert.Equal([Alpha.Name, Beta.Name, "Gammakon"], (await Names(second.Name)).Order(StringComparer.Ordinal));
        Assert.Equal([Alpha.Name, Beta.Name, "Gammakon"], (await Names("lists/CSL")).Order(StringComparer.Ordinal));
        Assert.NotEqual(first.EntriesDigest, second.EntriesDigest);
    }

    [Fact]
    public async Task A_cut_file_waits_for_another_person_even_if_it_only_adds()
    {
        var whole = ListFiles.Consolidated(Alpha, Beta);
        var snapshot = await _desk.Import(whole[..^60], "2025-03-01");

        Assert.True(snapshot.FileCut);
        Assert.Equal((ListSnapshot.Types.State.Proposed, 1L), (snapshot.State, snapshot.EntryCount));
        Assert.Equal(ListRepairs.LastRecordCut, Assert.Single(snapshot.Repairs).Kind);
    }

    [Fact]
    public async Task A_file_that_only_adds_waits_while_another_waits_and_keeps_it_from_nothing()
    {
        var cut = await _desk.Import(ListFiles.Consolidated(Alpha, Beta)[..^60], "2025-03-01");
        var sample = await _desk.Import(ListFiles.Consolidated(Beta), "2025-03-15");
        Assert.Equal((ListSnapshot.Types.State.Proposed, ListSnapshot.Types.State.Proposed), (cut.State, sample.State));

        var approved = await _desk.Olga.ApproveListSnapshotAsync(new ApproveListSnapshotRequest { Name = cut.Name });
        Assert.Equal(ListSnapshot.Types.State.InForce, approved.State);
        var outdated = await Refused.By(() => _desk.Olga.ApproveListSnapshotAsync(new ApproveListSnapshotRequest { Name = sample.Name }).ResponseAsync);
        Assert.Equal("LIST_SNAPSHOT_OUTDATED", outdated.Reason);

        var later = await _desk.Import(ListFiles.Consolidated(Alpha, Beta), "2025-03-20");
        Assert.Equal(ListSnapshot.Types.State.InForce, later.State);
    }

    [Fact]
    public async Task A_malformed_file_is_refused_with_its_lines_and_nothing_of_it_is_kept()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => _desk.Import(ListFiles.Bytes(ListFiles.Malformed), "2025-03-01"));
        var fields = refused.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations;

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.StartsWith("line 2: ", fields[0].Description, StringComparison.Ordinal);
        Assert.Equal(4, fields.Count);
        foreach (var table in new[] { "list_snapshots", "list_entries", "list_spans", "list_changes", "list_recordings", "list_thresholds" })
            Assert.Equal(0, await _host.Count(table));
    }

    [Fact]
    public async Task The_same_import_asked_for_again_is_answered_the_same()
    {
        var header = ListDesk.Header("2025-03-01");
        var id = Guid.CreateVersion7().ToString("D");
        var first = await ListDesk.Import(header, ListFiles.Consolidated(Alpha), _desk.Ana, id);
        var again = await ListDesk.Import(header, ListFiles.Consolidated(Alpha), _desk.Ana, id);
        var other = await Refused.By(() => ListDesk.Import(header, ListFiles.Consolidated(Beta), _desk.Ana, id));

        Assert.Equal(first, again);
        Assert.Equal("REQUEST_ID_REUSED", other.Reason);
        Assert.Equal(1, await _host.Count("list_snapshots"));
    }

    [Fact]
    public async Task The_whole_list_of_2023_comes_in_at_once_with_progress()
    {
        var snapshot = await _desk.Import(ListFiles.Bytes(ListFiles.Consolidated2023), "2023-11-30");

        Assert.Equal((4_226L, true, ListSnapshot.Types.State.Proposed), (snapshot.EntryCount, snapshot.FileCut, snapshot.State));
        await _desk.Olga.ApproveListSnapshotAsync(new ApproveListSnapshotRequest { Name = snapshot.Name });
        var found = await _desk.Ana.SearchListEntriesAsync(new SearchListEntriesRequest { PartyName = "Vtb bank pao", Country = "RU" });
        Assert.Equal((100, 85), (found.Matches[0].Score, found.Threshold));
    }

    [Fact]
    public async Task Validate_only_tells_what_an_import_would_do_and_does_nothing()
    {
        var snapshot = await ListDesk.Import(ListDesk.Header("2025-03-01"), ListFiles.Consolidated(Alpha), _desk.Ana, validateOnly: true);

        Assert.Equal(1, snapshot.AddedCount);
        Assert.Equal(0, await _host.Count("list_snapshots"));
    }

    [Fact]
    public async Task A_new_snapshot_decides_only_the_shipments_again_that_its_changes_touch()
    {
        var count = Environment.GetEnvironmentVariable("ORDERTRACKING_LONG_TESTS") == "1" ? 10_000 : 300;
        await _desk.Import(Alpha);
        var template = await Plan("Betakon Sanatgaran");
        var others = new List<Goods>();
        for (var i = 0; i < count - 3; i++)
            others.Add(await Plan($"Northwind Computing {i}"));
        await Plan("BETAKON SANATGARAN LTD");
        await Plan("Sanatgaran Betakon");
        await ComplianceHost.Eventually(
            async () => await _host.Count("shipments", "standing = 'READY'") == count ? "all" : null, "all shipments are ready", TimeSpan.FromMinutes(3));
        await _host.Quiet();
        await _host.Db.Write(async tx =>
        {
            await tx.Execute("create table updated (shipment_id text)");
            await tx.Execute(
                "create trigger count_updates after update on shipments when new.decide_again_at is not old.decide_again_at "
                + "begin insert into updated values (new.shipment_id); end");
        });

        await _desk.Import(ListFiles.Consolidated(Alpha, Beta), "2025-03-15");
        await template.Stands("HELD");
        await ComplianceHost.Eventually(
            async () => await _host.Count("shipments", "standing = 'HELD'") == 3 ? "held" : null, "the three are held");
        await _host.Quiet();

        Assert.Equal(3, await _host.Db.Read(tx => tx.Scalar<long>("select count(distinct shipment_id) from updated")));
        Assert.Equal(count + 3, await _host.Count("decisions"));
    }

    private Task<Goods> Plan(string buyer) => Goods.Plan(_host, "H20", "2025-04-20", "DE", buyer: buyer);

    private async Task<IEnumerable<string>> Names(string parent) =>
        (await _desk.Ana.ListListEntriesAsync(new ListListEntriesRequest { Parent = parent })).Entries.Select(entry => entry.ListedName);
}
