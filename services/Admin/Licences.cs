using System.Globalization;
using OrderTracking.Compliance.V1;

namespace OrderTracking.Admin;

/// <summary>Licences and what is left of them.</summary>
internal static class Licences
{
    private static readonly (string, Func<Licence, string>)[] Columns =
    [
        ("Licence", one => one.Name), ("Number", one => one.Number), ("Kind", one => one.Kind.ToString()), ("State", one => one.State.ToString()),
        ("Licensee", one => one.Licensee), ("Valid from", one => Output.Text(one.ValidFrom)), ("Valid to", one => Output.Text(one.ValidTo)),
        ("Units left by line", one => string.Join("; ", one.Lines.Select(Left))),
    ];

    public static Command[] Commands { get; } =
    [
        new("licences list", "[--filter FILTER] [--limit N]", "Lists licences with what is left of each.", 0, ["--filter", "--limit"], List),
        new("licences show", "LICENCE", "Shows one licence: its lines with their balance, and what moved it.", 1, [], Show),
    ];

    private static string Left(LicenceLine line) => string.Create(CultureInfo.InvariantCulture, $"{Goods(line)} {Balance(line)} of {line.Quantity}");

    private static long Balance(LicenceLine line) => line.Quantity - line.ReservedQuantity - line.DrawnQuantity;

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
        session.Output.List(
            found.Licence.Lines,
            ("Line", one => Output.Text(one.Number)), ("Goods", Goods), ("Units", one => Output.Text(one.Quantity)),
            ("Reserved", one => Output.Text(one.ReservedQuantity)), ("Drawn", one => Output.Text(one.DrawnQuantity)), ("Left", one => Output.Text(Balance(one))),
            ("Value", one => Output.Text(one.Value)), ("Value used", one => Output.Text(one.UsedValue)), ("Value limit", one => Output.Text(one.ValueLimit)));
        if (found.Movements.Count > 0)
            session.Output.List(
                found.Movements,
                ("Movement", one => Output.Text(one.Sequence)), ("Kind", one => one.Kind.ToString()), ("Line", one => Output.Text(one.LineNumber)),
                ("Units", one => Output.Text(one.Quantity)));
        return ExitCode.Done;
    }
}
