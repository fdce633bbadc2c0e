using OrderTracking.Compliance.V1;

namespace OrderTracking.Admin;

/// <summary>What is held, why, and who looks at it.</summary>
internal static class Holds
{
    private static readonly (string, Func<Hold, string>)[] Columns =
    [
        ("Hold", hold => hold.Name), ("State", hold => hold.State.ToString()), ("Reason", hold => hold.Reason), ("Shipment", hold => hold.Shipment),
        ("Order", hold => hold.Order), ("Part", hold => hold.PartNumber), ("Buyer", hold => hold.Buyer), ("To", hold => hold.DestinationCountry),
        ("Ships", hold => Output.Text(hold.PlannedShipDate)), ("Value", hold => Output.Text(hold.Value)), ("Owner", hold => hold.Owner),
        ("Opened", hold => Output.Text(hold.CreateTime)),
    ];

    public static Command[] Commands { get; } =
    [
        new("holds list", "[--filter FILTER] [--limit N]", "Lists holds; a filter such as 'state = OPEN'.", 0, ["--filter", "--limit"], List),
        new("holds show", "HOLD", "Shows one hold: its rule, what is missing, its releases.", 1, [], Show),
        new("holds assign", "HOLD --owner SUBJECT", "Gives a hold to somebody; a blank owner gives it back.", 1, ["--owner", "--etag"], Assign),
    ];

    private static async Task<int> List(Session session, CancellationToken cancellation)
    {
        var request = new ListHoldsRequest { Filter = session.Arguments.Find("--filter") ?? "", PageSize = Listed.Page };
        return Listed.Show(session, await Listed.Read(session, request, session.Clients.Holds.ListHoldsAsync, page => page.Holds, cancellation), Columns);
    }

    private static async Task<int> Show(Session session, CancellationToken cancellation)
    {
        Tell(session, await session.Clients.Holds.GetHoldAsync(new GetHoldRequest { Name = session.Name("holds") }, cancellationToken: cancellation));
        return ExitCode.Done;
    }

    private static async Task<int> Assign(Session session, CancellationToken cancellation)
    {
        var request = new AssignHoldRequest
        {
            Name = session.Name("holds"),
            Owner = session.Arguments.Get("--owner"),
            Etag = session.Arguments.Find("--etag") ?? "",
        };
        Tell(session, await session.Clients.Holds.AssignHoldAsync(request, cancellationToken: cancellation));
        return ExitCode.Done;
    }

    private static void Tell(Session session, Hold hold)
    {
        session.Output.One(
            hold,
            [
                .. Columns, ("Class", one => one.HoldClass.ToString()), ("Effect", one => one.Effect.ToString()),
                ("Missing", one => string.Join(", ", one.MissingFacts)), ("Explanation", one => one.Explanation), ("Citation", one => one.Citation),
                ("Decision", one => one.Decision), ("Closed", one => one.CloseReason), ("Etag", one => one.Etag),
            ]);
        if (!session.Output.IsJson && hold.Releases.Count > 0)
            session.Output.List(
                hold.Releases,
                ("Release", one => one.Name), ("State", one => one.State.ToString()), ("Reason", one => one.ReasonCode),
                ("Proposed by", one => one.ProposedBy), ("Decided by", one => one.DecidedBy), ("Note", one => one.Note));
    }
}
