using OrderTracking.Compliance.V1;

namespace OrderTracking.Admin;

/// <summary>Licences and what is left of them.</summary>
internal static class Licences
{
    private const string NoLimit = "no limit";

    private static readonly (string, Func<Licence, string>)[] Columns =
    [
        ("Licence", one => Cell.Id(one.Name)), ("Number", one => one.Number), ("Kind", one => Cell.Text(one.Kind)), ("State", one => Cell.Text(one.State)),
        ("Licensee", one => one.Licensee), ("Valid from", one => Cell.Text(one.ValidFrom)), ("Valid to", one => Cell.Text(one.ValidTo)),
        ("Units left", one => Cell.Lines(one.Lines.Select(Left))),
    ];

    public static Command[] Commands { get; } =
    [
        new("licences list", "[--filter FILTER] [--limit N]", "Lists licences with what is left of each.", 0,
            ["--filter", "--limit"], "LicenceService/ListLicences", List),
        new("licences show", "LICENCE", "Shows one licence: its lines with their balance, and what moved it.", 1, [],
            "LicenceService/GetLicence", Show),
    ];

    private static string Left(LicenceLine line) => line.Quantity == 0 ? $"{Goods(line)} {NoLimit}" : $"{Goods(line)} {Balance(line)} of {Limit(line)}";

    // An exception has no units to run out of.
    private static string Limit(LicenceLine line) => line.Quantity == 0 ? NoLimit : Cell.Text(line.Quantity);

    private static string Balance(LicenceLine line) =>
        line.Quantity == 0 ? NoLimit : Cell.Text(line.Quantity - line.ReservedQuantity - line.DrawnQuantity);

    private static string Goods(LicenceLine line) =>
        new[] { line.PartNumber, line.Family, line.ControlParagraph }.FirstOrDefault(text => text.Length > 0) ?? "";

    private static async Task<int> List(Session session, CancellationToken cancellation)
    {
        var request = new ListLicencesRequest { Filter = session.Arguments.Find("--filter") ?? "", PageSize = Listed.Page };
        return Listed.Show(session, await Listed.Read(session, request, session.Clients.Licences.ListLicencesAsync, page => page.Licences, cancellation), Columns);
    }

    private static async Task<int> Show(Session session, CancellationToken cancellation)
    {
        var found = await session.Clients.Licences.GetLicenceAsync(new GetLicenceRequest { Name = session.Name("licences") }, cancellationToken: cancellation);
        if (session.Output.IsJson)
        {
            session.Output.One(found);
            return ExitCode.Done;
        }

        session.Output.One(
            found.Licence,
            [
                .. Columns.SkipLast(1), ("Rules", one => string.Join(", ", one.Rules)), ("To", one => string.Join(", ", one.DestinationCountries)),
                ("Parties", one => string.Join(", ", one.Parties.Select(party => $"{party.Name} ({party.Country})"))), ("Conditions", one => one.Conditions),
                ("State because", one => one.StateReason), ("Etag", one => one.Etag),
            ]);
        session.Output.Part(
            "Lines",
            found.Licence.Lines,
            ("Line", one => Cell.Text(one.Number)), ("Goods", Goods), ("Units", Limit), ("Reserved", one => Cell.Text(one.ReservedQuantity)),
            ("Drawn", one => Cell.Text(one.DrawnQuantity)), ("Left", Balance), ("Value", one => Cell.Text(one.Value)),
            ("Value used", one => Cell.Text(one.UsedValue)), ("Value limit", one => Cell.Text(one.ValueLimit)));
        session.Output.Part(
            "Movements",
            found.Movements,
            ("Movement", one => Cell.Text(one.Sequence)), ("When", one => Cell.Text(one.CreateTime)), ("Kind", one => Cell.Text(one.Kind)),
            ("Line", one => Cell.Text(one.LineNumber)), ("Units", one => Cell.Text(one.Quantity)), ("Value", one => Cell.Text(one.Value)),
            ("Shipment", one => Cell.Id(one.Shipment)), ("Why", one => one.Reason));
        return ExitCode.Done;
    }
}
