using OrderTracking.Compliance.V1;

namespace OrderTracking.Admin;

/// <summary>What is held, why, and who looks at it.</summary>
internal static class Holds
{
    private static readonly (string, Func<Hold, string>)[] Columns =
    [
        ("Hold", hold => Cell.Id(hold.Name)), ("State", hold => Cell.Text(hold.State)), ("Reason", hold => hold.Reason), ("Part", hold => hold.PartNumber),
        ("Buyer", hold => hold.Buyer), ("To", hold => hold.DestinationCountry), ("Ships", hold => Cell.Text(hold.PlannedShipDate)), ("Owner", hold => hold.Owner),
        ("Age", hold => hold.State is Hold.Types.State.Open or Hold.Types.State.ReleaseProposed ? Cell.Age(hold.CreateTime) : ""),
    ];

    public static Command[] Commands { get; } =
    [
        new("holds list", "[--filter FILTER] [--limit N]", "Lists holds, oldest first; without a filter those that keep a shipment (open, or a release proposed).", 0,
            ["--filter", "--limit"], "HoldService/ListHolds", List),
        new("holds show", "HOLD", "Shows one hold: its rule and explanation, what is missing, its releases.", 1, [], "HoldService/GetHold", Show),
        new("holds assign", "HOLD --owner SUBJECT", "Gives a hold to somebody; a blank owner (--owner '') gives it back.", 1,
            ["--owner", "--etag"], "HoldService/AssignHold", Assign),
    ];

    /// <summary>The hold with all that belongs to it.</summary>
    public static void Tell(Session session, Hold hold)
    {
        session.Output.One(
            hold,
            ("Hold", one => one.Name), ("State", one => Cell.Text(one.State)), ("Closed", one => one.CloseReason), ("Reason", one => one.Reason),
            ("Effect", one => Cell.Text(one.Effect)), ("Review", one => Cell.Text(one.ReviewPolicy)), ("Explanation", one => one.Explanation),
            ("Missing facts", one => string.Join(", ", one.MissingFacts)), ("Citation", one => one.Citation), ("Amendment", one => one.Amendment),
            ("Lapsed", one => one.Lapsed ? "yes: its rule no longer applies, which an officer has to confirm" : ""),
            ("Class", one => Cell.Text(one.HoldClass)), ("Order", one => one.Order), ("Shipment", one => one.Shipment), ("Part", one => one.PartNumber),
            ("Buyer", one => one.Buyer), ("To", one => one.DestinationCountry), ("Ships", one => Cell.Text(one.PlannedShipDate)),
            ("Value", one => Cell.Text(one.Value)), ("Owner", one => one.Owner), ("Opened", one => $"{Cell.Text(one.CreateTime)} by {one.OpenedBy}"),
            ("Decision", one => one.Decision), ("Etag", one => one.Etag));
        session.Output.Part("Releases", hold.Releases, Releases.Columns);
    }

    // Two lists, because a filter knows no "or": what is open, and what waits for a second person.
    private static async Task<int> List(Session session, CancellationToken cancellation)
    {
        string[] filters = session.Arguments.Find("--filter") is { } given ? [given] : ["state = OPEN", "state = RELEASE_PROPOSED"];
        var found = new List<Hold>();
        foreach (var filter in filters)
        {
            var request = new ListHoldsRequest { Filter = filter, PageSize = Listed.Page };
            found.AddRange(await Listed.Read(session, request, session.Clients.Holds.ListHoldsAsync, page => page.Holds, cancellation));
        }

        return Listed.Show(session, filters.Length == 1 ? found : [.. found.OrderBy(hold => hold.CreateTime)], Columns);
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
}
