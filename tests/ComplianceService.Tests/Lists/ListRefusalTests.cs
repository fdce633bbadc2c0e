using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;
using ListsApi = OrderTracking.Compliance.V1.ScreeningListService;

namespace OrderTracking.ComplianceService.Tests.Lists;

/// <summary>What the keepers of the lists are refused, a row an RPC and case.</summary>
public sealed class ListRefusalTests : IAsyncLifetime
{
    private const string Unknown = "clearances/00000000-0000-7000-8000-000000000000";
    private static readonly Listed Alpha = new("1", "Alphakon Industrija", Address: "Hamburg, DE");
    private ComplianceHost _host = null!;
    private ListDesk _desk = null!;
    private ListSnapshot _inForce = null!;
    private ListSnapshot _proposed = null!;
    private Clearance _clearance = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ComplianceHost.Start("2025-04-01T12:00:00Z");
        _desk = new ListDesk(_host);
        _inForce = await _desk.Import(Alpha);
        _proposed = await _desk.Import(ListFiles.Consolidated(Alpha with { Aliases = "AKI" }), "2025-03-15");
        _clearance = await _desk.Cleared(ListDesk.Clear("Alphakon Industrija", "DE", "lists/CSL/entries/EL-1"));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Each_call_is_refused_for_what_is_wrong_with_it()
    {
        var olga = _desk.Olga;
        await Is("LIST_NAME_INVALID", () => Import(header => header.List = "csl"));
        await Is("TEXT_MISSING", () => Import(header => header.SourceUri = " "));
        await Is("DATE_MISSING", () => Import(header => header.AsOf = null));
        await Is("LIST_AS_OF_INVALID", () => Import(header => header.AsOf = Goods.WireDay(Goods.Day("2025-04-03"))));
        await Is("LIST_FILE_DIGEST_DIFFERS", () => Import(header => header.Sha256 = "00"));
        await Is("LIST_SNAPSHOT_OLDER", () => Import(header => header.AsOf = Goods.WireDay(Goods.Day("2025-02-28"))));
        await Is("SEVERAL_FIELDS_INVALID", () => Import(header => (header.List, header.SourceUri) = ("", "")));
        await Is("LIST_IMPORT_OUT_OF_ORDER", () => ListDesk.Import(null, ListFiles.Consolidated(Alpha), olga));
        await Is("REQUEST_ID_NOT_UUID", () => ListDesk.Import(ListDesk.Header("2025-03-20"), ListFiles.Consolidated(Alpha), olga, "one"));

        await Is("NAME_INVALID", () => olga.GetListSnapshotAsync(new GetListSnapshotRequest { Name = "lists/CSL" }).ResponseAsync);
        await Is("LIST_SNAPSHOT_UNKNOWN", () => olga.GetListSnapshotAsync(new GetListSnapshotRequest { Name = "lists/CSL/snapshots/9" }).ResponseAsync);
        await Is("NAME_INVALID", () => olga.ListListSnapshotsAsync(new ListListSnapshotsRequest { Parent = "CSL" }).ResponseAsync);
        await Is("FILTER_INVALID", () => olga.ListListSnapshotsAsync(new ListListSnapshotsRequest { Parent = "lists/-", Filter = "colour = red" }).ResponseAsync);
        await Is("LIST_SNAPSHOT_UNKNOWN", () => olga.ListListEntryChangesAsync(new ListListEntryChangesRequest { Parent = "lists/CSL/snapshots/9" }).ResponseAsync);
        await Is("NAME_INVALID", () => olga.ListListEntryChangesAsync(new ListListEntryChangesRequest { Parent = "lists/CSL" }).ResponseAsync);
        await Is("NAME_INVALID", () => olga.ListListEntriesAsync(new ListListEntriesRequest { Parent = "" }).ResponseAsync);
        await Is("LIST_UNKNOWN", () => olga.ListListEntriesAsync(new ListListEntriesRequest { Parent = "lists/DPL" }).ResponseAsync);
        await Is("LIST_SNAPSHOT_UNKNOWN", () => olga.ListListEntriesAsync(new ListListEntriesRequest { Parent = _proposed.Name }).ResponseAsync);
        await Is("SCORE_OUT_OF_RANGE", () => olga.SearchListEntriesAsync(new SearchListEntriesRequest { PartyName = "A", MinScore = 69 }).ResponseAsync);
        await Is("NAME_MISSING", () => olga.SearchListEntriesAsync(new SearchListEntriesRequest()).ResponseAsync);
        await Is("COUNTRY_UNKNOWN", () => olga.SearchListEntriesAsync(new SearchListEntriesRequest { PartyName = "A", Country = "XX" }).ResponseAsync);
    }

    [Fact]
    public async Task Snapshots_are_decided_once_by_another_person_who_read_them()
    {
        var approve = new ApproveListSnapshotRequest { Name = _proposed.Name };
        await Is("SAME_PERSON", () => As("ana").ApproveListSnapshotAsync(approve).ResponseAsync);
        await Is("SAME_PERSON", () => As("ana").RejectListSnapshotAsync(new RejectListSnapshotRequest { Name = _proposed.Name, Note = "no" }).ResponseAsync);
        await Is("ETAG_MISMATCH", () => _desk.Olga.ApproveListSnapshotAsync(new ApproveListSnapshotRequest { Name = _proposed.Name, Etag = "\"9\"" }).ResponseAsync);
        await Is("TEXT_MISSING", () => _desk.Olga.RejectListSnapshotAsync(new RejectListSnapshotRequest { Name = _proposed.Name }).ResponseAsync);
        await Is("LIST_SNAPSHOT_ALREADY_DECIDED", () => _desk.Olga.ApproveListSnapshotAsync(new ApproveListSnapshotRequest { Name = _inForce.Name }).ResponseAsync);
        await Is("LIST_SNAPSHOT_UNKNOWN", () => _desk.Olga.ApproveListSnapshotAsync(new ApproveListSnapshotRequest { Name = "lists/CSL/snapshots/9" }).ResponseAsync);
        await Is("NAME_INVALID", () => _desk.Olga.ApproveListSnapshotAsync(new ApproveListSnapshotRequest { Name = "" }).ResponseAsync);
        await Is("ROLE_NOT_ALLOWED", () => _desk.Ana.ApproveListSnapshotAsync(approve).ResponseAsync);

        // One that was compared with what does not count any more is imported again.
        var newer = await _desk.Import(ListFiles.Consolidated(Alpha, new Listed("2", "Betakon")), "2025-03-16");
        await _desk.Olga.ApproveListSnapshotAsync(new ApproveListSnapshotRequest { Name = newer.Name });
        await Is("LIST_SNAPSHOT_OUTDATED", () => _desk.Olga.ApproveListSnapshotAsync(approve).ResponseAsync);
        var rejected = await _desk.Olga.RejectListSnapshotAsync(new RejectListSnapshotRequest { Name = _proposed.Name, Note = "outdated" });
        Assert.Equal((ListSnapshot.Types.State.Rejected, "outdated"), (rejected.State, rejected.Note));
        await Is("LIST_SNAPSHOT_ALREADY_DECIDED", () => _desk.Omar.ApproveListSnapshotAsync(approve).ResponseAsync);
        Assert.Equal(2, await _host.Count("audit_entries", "outcome = 'SAME_PERSON'"));
    }

    [Fact]
    public async Task Clearances_are_refused_for_what_is_wrong_with_them()
    {
        var olga = _desk.Olga;
        await Is("CLEARANCE_MISSING", () => olga.ProposeClearanceAsync(new ProposeClearanceRequest()).ResponseAsync);
        await Is("SEVERAL_FIELDS_INVALID", () => olga.ProposeClearanceAsync(new ProposeClearanceRequest { Clearance = new Clearance() }).ResponseAsync);
        await Is("CLEARANCE_WINDOW_INVALID", () => Propose(ListDesk.Clear("A", "DE", "lists/CSL/entries/EL-1", "2025-01-02", "2025-01-01")));
        await Is("CLEARANCE_WINDOW_INVALID", () => Propose(ListDesk.Clear("A", "DE", "lists/CSL/entries/EL-1", "2025-01-01", "2026-01-03")));
        await Is("LIST_ENTRY_NAME_INVALID", () => Propose(ListDesk.Clear("A", "DE", "EL-1")));
        await Is("LIST_ENTRY_UNKNOWN", () => Propose(ListDesk.Clear("A", "DE", "lists/CSL/entries/EL-9")));
        await Is("COUNTRY_UNKNOWN", () => Propose(ListDesk.Clear("A", "XX", "lists/CSL/entries/EL-1")));

        await Is("CLEARANCE_UNKNOWN", () => olga.GetClearanceAsync(new GetClearanceRequest { Name = Unknown }).ResponseAsync);
        await Is("NAME_INVALID", () => olga.GetClearanceAsync(new GetClearanceRequest { Name = "clearances/x" }).ResponseAsync);
        await Is("CLEARANCE_UNKNOWN", () => olga.ApproveClearanceAsync(new ApproveClearanceRequest { Name = Unknown }).ResponseAsync);
        await Is("CLEARANCE_NOT_PROPOSED", () => olga.ApproveClearanceAsync(new ApproveClearanceRequest { Name = _clearance.Name }).ResponseAsync);
        await Is("CLEARANCE_NOT_PROPOSED", () => olga.RejectClearanceAsync(new RejectClearanceRequest { Name = _clearance.Name, Note = "no" }).ResponseAsync);
        await Is("CLEARANCE_UNKNOWN", () => olga.RevokeClearanceAsync(new RevokeClearanceRequest { Name = Unknown, Note = "no" }).ResponseAsync);
        await Is("ETAG_MISMATCH", () => olga.RevokeClearanceAsync(new RevokeClearanceRequest { Name = _clearance.Name, Note = "no", Etag = "\"7\"" }).ResponseAsync);
        await Is("TEXT_MISSING", () => olga.RevokeClearanceAsync(new RevokeClearanceRequest { Name = _clearance.Name }).ResponseAsync);
        await Is("ROLE_NOT_ALLOWED", () => _desk.Ana.RevokeClearanceAsync(new RevokeClearanceRequest { Name = _clearance.Name, Note = "no" }).ResponseAsync);
        await Is("ORDER_BY_INVALID", () => olga.ListClearancesAsync(new ListClearancesRequest { OrderBy = "note" }).ResponseAsync);
        await olga.RevokeClearanceAsync(new RevokeClearanceRequest { Name = _clearance.Name, Note = "no" });
        await Is("CLEARANCE_NOT_APPROVED", () => olga.RevokeClearanceAsync(new RevokeClearanceRequest { Name = _clearance.Name, Note = "no" }).ResponseAsync);
        Assert.Equal(_clearance.Name, Assert.Single((await olga.ListClearancesAsync(new ListClearancesRequest { Filter = "state = REVOKED" })).Clearances).Name);
    }

    [Fact]
    public async Task A_clearance_of_an_entry_that_changed_meanwhile_is_not_approved()
    {
        var proposed = await Propose(ListDesk.Clear("Alphakon Industria", "DE", "lists/CSL/entries/EL-1"));
        await _desk.Omar.ApproveListSnapshotAsync(new ApproveListSnapshotRequest { Name = _proposed.Name });

        await Is("CLEARANCE_OUTDATED", () => _desk.Omar.ApproveClearanceAsync(new ApproveClearanceRequest { Name = proposed.Name }).ResponseAsync);
    }

    private static async Task Is<T>(string reason, Func<Task<T>> call) => Assert.Equal(reason, (await Refused.By(call)).Reason);

    private ListsApi.ScreeningListServiceClient As(string officer) => _host.As<ListsApi.ScreeningListServiceClient>(officer, "officer");

    private Task<Clearance> Propose(Clearance clearance) =>
        _desk.Olga.ProposeClearanceAsync(new ProposeClearanceRequest { Clearance = clearance }).ResponseAsync;

    private Task<ListSnapshot> Import(Action<ImportListHeader> change)
    {
        var header = ListDesk.Header("2025-03-20");
        change(header);
        return ListDesk.Import(header, ListFiles.Consolidated(Alpha), _desk.Olga);
    }
}
