using OrderTracking.Compliance.V1;

namespace OrderTracking.Admin;

/// <summary>Settling a hold: one person proposes, another decides. Each command is one person's act; the server knows who is who.</summary>
internal static class Releases
{
    private static readonly string[] Reasons = ["LICENCE", "FACTS_REVIEWED", "RED_FLAG_RESOLVED", "CREDIT_CLEARED", "OTHER", "NO_LONGER_APPLIES"];

    public static (string, Func<Release, string>)[] Columns { get; } =
    [
        ("Release", one => one.Name), ("State", one => Cell.Text(one.State)), ("Reason", one => one.ReasonCode), ("From", one => Cell.Text(one.FirstShipDate)),
        ("Until", one => Cell.Text(one.LastShipDate)), ("Proposed by", one => one.ProposedBy), ("Decided by", one => one.DecidedBy),
        ("Licence", one => one.Licence), ("Note", one => one.Note), ("Ended", one => one.CloseReason),
    ];

    public static Command[] Commands { get; } =
    [
        new("holds propose", "HOLD --reason CODE --note TEXT [--licence LICENCE] [--first-date DATE] [--last-date DATE]",
            $"Proposes to settle a hold; reasons are {string.Join(", ", Reasons)}.", 1,
            ["--reason", "--note", "--licence", "--first-date", "--last-date", "--etag"], "HoldService/ProposeRelease", Propose),
        new("holds approve", "HOLD|RELEASE [--note TEXT]", "Approves what another person proposed: the release named, or the one of the hold that waits.", 1,
            ["--note", "--etag"], "HoldService/ApproveRelease", Approve),
        new("holds reject", "HOLD|RELEASE --note TEXT", "Rejects what another person proposed; the hold is open again.", 1,
            ["--note", "--etag"], "HoldService/RejectRelease", Reject),
        new("releases list", "[--filter FILTER] [--limit N]", "Lists releases; without a filter those that wait for a second person.", 0,
            ["--filter", "--limit"], "HoldService/ListReleases", List),
    ];

    private static async Task<int> List(Session session, CancellationToken cancellation)
    {
        var request = new ListReleasesRequest { Parent = "holds/-", Filter = session.Arguments.Find("--filter") ?? "state = PROPOSED", PageSize = Listed.Page };
        var found = await Listed.Read(session, request, session.Clients.Holds.ListReleasesAsync, page => page.Releases, cancellation);
        return Listed.Show(
            session,
            found,
            [Columns[0], ("Hold is for", one => one.HoldReason), ("Shipment", one => one.Shipment), .. Columns[1..], ("Age", one => Cell.Age(one.CreateTime))]);
    }

    private static async Task<int> Propose(Session session, CancellationToken cancellation)
    {
        var arguments = session.Arguments;
        var licence = arguments.Find("--licence") ?? "";
        var request = new ProposeReleaseRequest
        {
            Hold = session.Name("holds"),
            ReasonCode = arguments.Get("--reason"),
            Note = arguments.Get("--note"),
            Licence = licence.Length == 0 || licence.Contains('/', StringComparison.Ordinal) ? licence : $"licences/{licence}",
            FirstShipDate = arguments.Date("--first-date"),
            LastShipDate = arguments.Date("--last-date"),
            Etag = arguments.Find("--etag") ?? "",
        };
        return Tell(session, await session.Clients.Holds.ProposeReleaseAsync(request, cancellationToken: cancellation));
    }

    private static async Task<int> Approve(Session session, CancellationToken cancellation)
    {
        var (name, etag) = await Waiting(session, cancellation);
        var request = new ApproveReleaseRequest { Name = name, Note = session.Arguments.Find("--note") ?? "", Etag = etag };
        return Tell(session, await session.Clients.Holds.ApproveReleaseAsync(request, cancellationToken: cancellation));
    }

    private static async Task<int> Reject(Session session, CancellationToken cancellation)
    {
        var note = session.Arguments.Get("--note");
        var (name, etag) = await Waiting(session, cancellation);
        return Tell(
            session, await session.Clients.Holds.RejectReleaseAsync(new RejectReleaseRequest { Name = name, Note = note, Etag = etag }, cancellationToken: cancellation));
    }

    // Of a hold the release that waits, as it was read: another one proposed meanwhile is not approved unseen.
    private static async Task<(string Name, string Etag)> Waiting(Session session, CancellationToken cancellation)
    {
        var (given, etag) = (session.Name("holds"), session.Arguments.Find("--etag") ?? "");
        if (given.Contains("/releases/", StringComparison.Ordinal))
            return (given, etag);
        var hold = await session.Clients.Holds.GetHoldAsync(new GetHoldRequest { Name = given }, cancellationToken: cancellation);
        return hold.Releases.SingleOrDefault(one => one.State == Release.Types.State.Proposed) is { } waiting
            ? (waiting.Name, etag.Length > 0 ? etag : waiting.Etag)
            : throw new AdminException($"{hold.Name} is {Cell.Text(hold.State)} and has no release that waits: 'holds propose' makes one.");
    }

    private static int Tell(Session session, Release release)
    {
        session.Output.One(
            release,
            [.. Columns, ("Hold", one => one.Hold), ("Hold is for", one => one.HoldReason), ("Shipment", one => one.Shipment), ("Etag", one => one.Etag)]);
        return ExitCode.Done;
    }
}
