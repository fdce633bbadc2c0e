using System.Text.Json;
using System.Text.Json.Serialization;
using OrderTracking.Client;
using OrderTracking.Messaging.V1;

namespace OrderTracking.Admin;

/// <summary>Events that were given up.</summary>
internal static class DeadLetters
{
    private static readonly string[] Services = ["orders", "shipments", "compliance"];

    private static readonly (string, Func<DeadLetter, string>)[] Columns =
    [
        ("Dead letter", one => one.Name), ("State", one => Cell.Text(one.State)), ("Event", one => one.EventType), ("Consumer", one => one.Consumer),
        ("Attempts", one => Cell.Text(one.Attempts)), ("Given up", one => Cell.Text(one.DeathTime)), ("Cause", one => one.Cause),
    ];

    public static Command[] Commands { get; } =
    [
        new("dead-letters list", "[--service orders|shipments|compliance] [--filter FILTER] [--limit N]", "Lists events that were given up; by default those that wait.", 0,
            ["--service", "--filter", "--limit"], "DeadLetterService/ListDeadLetters", List),
        new("dead-letters show", "NAME", "Shows one whole: the error, the event, and every act on it.", 1, [],
            "DeadLetterService/GetDeadLetter", Show),
        new("dead-letters replay", "NAME [--reason TEXT]", "Gives the event back to the consumer that failed on it.", 1, ["--reason", "--etag"],
            "DeadLetterService/ReplayDeadLetter", Replay),
        new("dead-letters discard", "NAME --reason TEXT", "Gives the event up for good.", 1, ["--reason", "--etag"],
            "DeadLetterService/DiscardDeadLetter", Discard),
    ];

    // Each service is asked for its own, so that it is the same where all share an address and where none does.
    private static async Task<int> List(Session session, CancellationToken cancellation)
    {
        var only = session.Arguments.Find("--service");
        if (only is not null && !Services.Contains(only))
            throw new AdminException($"--service is '{only}'; allowed: {string.Join(", ", Services)}.");
        var found = new List<DeadLetter>();
        foreach (var service in Services.Where(service => only is null || service == only))
        {
            var request = new ListDeadLettersRequest
            {
                Parent = $"services/{service}",
                Filter = session.Arguments.Find("--filter") ?? "state = WAITING",
                PageSize = Listed.Page,
            };
            found.AddRange(await Listed.Read(session, request, Of(session.Clients, service).ListDeadLettersAsync, page => page.DeadLetters, cancellation));
        }

        return Listed.Show(session, [.. found.OrderByDescending(one => one.DeathTime)], Columns);
    }

    private static async Task<int> Show(Session session, CancellationToken cancellation)
    {
        var letter = await Client(session).GetDeadLetterAsync(new GetDeadLetterRequest { Name = session.Arguments.Words[0] }, cancellationToken: cancellation);
        return Tell(session, letter, [("Error", one => one.Error), ("Body", one => Indented(one.Body))]);
    }

    private static async Task<int> Replay(Session session, CancellationToken cancellation)
    {
        var request = new ReplayDeadLetterRequest
        {
            Name = session.Arguments.Words[0],
            Reason = session.Arguments.Find("--reason") ?? "",
            Etag = session.Arguments.Find("--etag") ?? "",
        };
        return Tell(session, await Client(session).ReplayDeadLetterAsync(request, cancellationToken: cancellation), []);
    }

    private static async Task<int> Discard(Session session, CancellationToken cancellation)
    {
        var request = new DiscardDeadLetterRequest
        {
            Name = session.Arguments.Words[0],
            Reason = session.Arguments.Get("--reason"),
            Etag = session.Arguments.Find("--etag") ?? "",
        };
        return Tell(session, await Client(session).DiscardDeadLetterAsync(request, cancellationToken: cancellation), []);
    }

    private static DeadLetterService.DeadLetterServiceClient Client(Session session) => session.Arguments.Words[0].Split('/') switch
    {
        ["services", var service, "deadLetters", _] when Services.Contains(service) => Of(session.Clients, service),
        _ => throw new AdminException($"'{session.Arguments.Words[0]}' names no dead letter; allowed is services/SERVICE/deadLetters/ID with one of {string.Join(", ", Services)}."),
    };

    private static DeadLetterService.DeadLetterServiceClient Of(OrderTrackingClients clients, string service) => service switch
    {
        "orders" => clients.OrderDeadLetters,
        "shipments" => clients.ShipmentDeadLetters,
        _ => clients.ComplianceDeadLetters,
    };

    private static int Tell(Session session, DeadLetter letter, (string, Func<DeadLetter, string>)[] content)
    {
        session.Output.One(
            letter,
            [
                .. Columns, ("Event id", one => one.EventId), ("Sent", one => Cell.Text(one.SentTime)), ("Trace", one => one.TraceId), ("Etag", one => one.Etag),
                .. content,
            ]);
        session.Output.Part(
            "Acts", letter.Acts, ("When", one => Cell.Text(one.ActTime)), ("Act", one => one.Kind), ("Who", one => one.Actor), ("Why", one => one.Reason),
            ("Trace", one => one.TraceId));
        return ExitCode.Done;
    }

    // As it was sent it is one line; what could not be read may be no JSON.
    private static string Indented(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return JsonSerializer.Serialize(document.RootElement, BodyJson.Default.JsonElement);
        }
        catch (JsonException)
        {
            return body;
        }
    }
}

[JsonSerializable(typeof(JsonElement))]
[JsonSourceGenerationOptions(WriteIndented = true)]
internal sealed partial class BodyJson : JsonSerializerContext;
