using Google.Protobuf.WellKnownTypes;
using OrderTracking.Compliance.V1;
using OrderTracking.Types.V1;

namespace OrderTracking.Admin;

/// <summary>Asks what would be decided about a shipment there is not, and explains it. Nothing is recorded against an order.</summary>
internal static class WhatIf
{
    private static readonly string[] Options =
        ["--part", "--exporter", "--from", "--time-zone", "--to", "--buyer", "--headquarters", "--parent", "--date", "--units", "--movement"];

    public static Command Command { get; } = new(
        "what-if",
        "--part PART --exporter NAME --from COUNTRY --time-zone ZONE --to COUNTRY --buyer NAME --headquarters COUNTRY --date DATE [--parent COUNTRY|none] [--units N] [--movement export|reexport|transfer]",
        "Says what would be decided about a shipment and why; the buyer is purchaser and end user. No parent stated means it is not known.", 0, Options,
        "ComplianceService/CheckShipment", Run);

    private static async Task<int> Run(Session session, CancellationToken cancellation)
    {
        var request = new CheckShipmentRequest { Facts = Facts(session.Arguments) };
        var decision = await session.Clients.Compliance.CheckShipmentAsync(request, cancellationToken: cancellation);
        session.Output.One(
            decision,
            ("Outcome", one => Cell.Text(one.Outcome)), ("Ship date", one => Cell.Text(one.ShipDate)), ("Rules known at", one => Cell.Text(one.KnownAt)),
            ("Item facts", one => one.ItemFactsSource), ("Notices", one => Cell.Lines(one.Notices)));
        session.Output.Part(
            "Why",
            decision.Findings,
            ("Rule", one => one.Rule), ("Effect", one => Cell.Text(one.Effect)), ("Review", one => Cell.Text(one.ReviewPolicy)),
            ("Explanation", one => one.Explanation), ("Missing facts", one => string.Join(", ", one.MissingFacts)), ("Citation", one => one.Citation),
            ("Amendment", one => one.Amendment), ("Certainty", one => Cell.Text(one.Certainty)));
        session.Output.Part(
            "Listed parties",
            decision.PartyMatches,
            ("Party", one => one.Party), ("Matches", one => one.MatchedName), ("List", one => one.Source), ("Entry", one => one.Entry),
            ("Score", one => Cell.Text(one.Score)), ("Threshold", one => Cell.Text(one.Threshold)), ("Cleared by", one => one.ClearedBy));
        return ExitCode.Done;
    }

    private static ShipmentFacts Facts(Arguments arguments)
    {
        var facts = new ShipmentFacts
        {
            Item = new Item { PartNumber = arguments.Get("--part") },
            Exporter = arguments.Get("--exporter"),
            PlaceOfExport = new PlaceOfExport { Country = arguments.Get("--from"), TimeZone = arguments.Get("--time-zone") },
            DestinationCountry = arguments.Get("--to"),
            Movement = MovementOf(arguments.Find("--movement") ?? "export"),
            ShipDate = arguments.Date("--date") ?? throw new AdminException("--date is needed."),
            Parties = { Buyer(arguments, PartyRole.Purchaser), Buyer(arguments, PartyRole.EndUser) },
        };
        if (arguments.Find("--units") is not null)
            facts.Quantity = arguments.Number("--units", preset: 1, int.MaxValue);
        return facts;
    }

    private static Party Buyer(Arguments arguments, PartyRole role) => new()
    {
        Role = role,
        Name = arguments.Get("--buyer"),
        Country = arguments.Get("--to"),
        HeadquartersCountry = arguments.Get("--headquarters"),
        UltimateParent = arguments.Find("--parent") switch
        {
            null => null,
            "none" => new UltimateParent { None = new Empty() },
            var country => new UltimateParent { Country = country },
        },
    };

    private static Movement MovementOf(string text) => text switch
    {
        "export" => Movement.Export,
        "reexport" => Movement.Reexport,
        "transfer" => Movement.Transfer,
        _ => throw new AdminException($"--movement is '{text}'; allowed is export, reexport or transfer."),
    };
}
