using Grpc.Core;
using OrderTracking.Admin.Import;
using OrderTracking.Client;

namespace OrderTracking.Admin;

/// <summary>What an operator does from a command line, over the public API and with nothing but an address and a token.</summary>
public static class AdminCommands
{
    private const string AddressVariable = "ORDERTRACKING_ADDRESS";
    private const string TokenVariable = "ORDERTRACKING_TOKEN";
    private const string AddressPreset = "http://127.0.0.1:5080";
    private const int DeadlineSecondsMax = 3_600;

    private static readonly string[] Common =
        ["--address", "--orders-address", "--shipments-address", "--compliance-address", "--token-file", "--authority-file", "--deadline"];

    private static readonly HashSet<string> Flags = new(StringComparer.Ordinal) { "--json", "--help" };

    private static readonly Command[] All =
        [ImportOrders.Command, WhatIf.Command, .. Holds.Commands, .. Licences.Commands, VerifyAudit.Command, .. DeadLetters.Commands];

    /// <summary>Does one command; the result is the exit code: 0 done, 1 refused or found wrong, 2 misused, 3 not answered.</summary>
    /// <param name="args">What follows <c>admin</c>.</param>
    /// <param name="results">Takes tables or JSON.</param>
    /// <param name="notes">Takes errors, notes and progress.</param>
    /// <param name="environment">Reads a variable.</param>
    /// <param name="resultsOnTerminal">Results go to a terminal and not into a file.</param>
    /// <param name="notesOnTerminal">Notes go to a terminal and not into a file.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<int> Run(
        IReadOnlyList<string> args,
        TextWriter results,
        TextWriter notes,
        Func<string, string?> environment,
        bool resultsOnTerminal = false,
        bool notesOnTerminal = false,
        CancellationToken cancellation = default)
    {
        try
        {
            if (args.Count == 0 || args[0] is "--help" or "-h" or "help")
                return Print(results, Usage());
            var command = Find(args);
            var arguments = Arguments.Parse(args.Skip(WordsOf(command)), command.Options.Concat(Common).ToHashSet(StringComparer.Ordinal), Flags);
            if (arguments.Has("--help"))
                return Print(results, $"admin {command.Name} {command.Usage}\n{command.Summary}\n\n{CommonUsage}");
            if (arguments.Words.Count != command.Words)
                throw new AdminException($"'{command.Name}' takes {command.Words} words and got {arguments.Words.Count}: admin {command.Name} {command.Usage}");
            using var clients = new OrderTrackingClients(Options(arguments, environment));
            return await command.Run(
                new Session(clients, arguments, new Output(results, notes, arguments.Has("--json"), resultsOnTerminal, notesOnTerminal)), cancellation);
        }
        catch (Exception misused) when (misused is AdminException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            await notes.WriteLineAsync(misused.Message);
            return ExitCode.Misused;
        }
        catch (RpcException failed)
        {
            return Tell(OrderTrackingError.Of(failed), notes);
        }
    }

    private static int Tell(OrderTrackingError error, TextWriter notes)
    {
        notes.WriteLine(error.IsFromServer ? $"Refused, {error.Reason}: {error.Message}" : $"Not answered, {error.Code}: {error.Message}");
        foreach (var field in error.Fields)
            notes.WriteLine($"  {field.Description}");
        foreach (var condition in error.Conditions)
            notes.WriteLine($"  {condition.Subject}: {condition.Description}");
        foreach (var trace in error.Metadata.Where(one => one.Key == "trace_id"))
            notes.WriteLine($"  trace {trace.Value}");
        return error.MayRepeat || error.Code == StatusCode.DeadlineExceeded ? ExitCode.Unanswered : ExitCode.Refused;
    }

    private static Command Find(IReadOnlyList<string> args) =>
        All.FirstOrDefault(command => args.Take(WordsOf(command)).SequenceEqual(command.Name.Split(' ')))
        ?? throw new AdminException($"There is no command '{string.Join(' ', args.Take(2))}'.\n\n{Usage()}");

    private static int WordsOf(Command command) => command.Name.Split(' ').Length;

    private static OrderTrackingClientOptions Options(Arguments arguments, Func<string, string?> environment) => new()
    {
        Address = Address("--address", arguments.Find("--address") ?? environment(AddressVariable) ?? AddressPreset),
        OrdersAddress = Address("--orders-address", arguments.Find("--orders-address")),
        ShipmentsAddress = Address("--shipments-address", arguments.Find("--shipments-address")),
        ComplianceAddress = Address("--compliance-address", arguments.Find("--compliance-address")),
        AuthorityFile = arguments.Find("--authority-file"),
        Deadline = TimeSpan.FromSeconds(arguments.Number("--deadline", preset: 30, DeadlineSecondsMax)),
        TokenProvider = Token(arguments.Find("--token-file"), environment(TokenVariable)),
    };

    private static Uri? Address(string option, string? text) => text switch
    {
        null => null,
        _ when Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" => address,
        _ => throw new AdminException($"{option} is '{text}'; allowed is an http or https address such as {AddressPreset}."),
    };

    // The file is read for each call, so that what renews it is seen.
    private static Func<CancellationToken, ValueTask<string>> Token(string? file, string? variable) => (file, variable?.Trim()) switch
    {
        ({ } path, _) when File.Exists(path) => async cancellation => (await File.ReadAllTextAsync(path, cancellation)).Trim(),
        ({ } path, _) => throw new AdminException($"--token-file is '{path}'; allowed is a file that exists."),
        (null, { Length: > 0 } token) => _ => ValueTask.FromResult(token),
        _ => throw new AdminException($"A token is needed: --token-file FILE, or the variable {TokenVariable}. In development mode 'token --subject NAME --role ROLE' prints one."),
    };

    private static int Print(TextWriter results, string text)
    {
        results.WriteLine(text);
        return ExitCode.Done;
    }

    private static string Usage() =>
        $"Operates OrderTracking over its API.\n\n{string.Join('\n', All.Select(one => $"  admin {one.Name} {one.Usage}\n      {one.Summary}"))}\n\n{CommonUsage}";

    private const string CommonUsage = $"""
        OPTIONS of every command
          --address URL           where the services are, default ${AddressVariable}, then {AddressPreset}
          --orders-address URL, --shipments-address URL, --compliance-address URL
                                  where a service has an address of its own
          --token-file FILE       the bearer token, read anew for each call; default the variable {TokenVariable}
          --authority-file FILE   PEM file of the authorities the servers' certificates are checked against
          --deadline SECONDS      of one call, default 30
          --json                  JSON instead of tables
          --help                  this text

        Results go to standard output; notes, errors and progress to standard error.
        Ends with 0 done, 1 refused or found wrong, 2 misused, 3 not answered: the same command may be given again.
        """;
}
