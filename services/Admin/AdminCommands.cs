using Grpc.Core;
using OrderTracking.Admin.Import;
using OrderTracking.Client;

namespace OrderTracking.Admin;

/// <summary>What an operator does from a command line, over the public API and with nothing but an address and a token.</summary>
public static class AdminCommands
{
    internal const string AddressVariable = "ORDERTRACKING_ADDRESS";
    private const string TokenVariable = "ORDERTRACKING_TOKEN";
    private const string AddressPreset = "http://127.0.0.1:5080";
    private const int DeadlineSecondsMax = 3_600;

    internal const string HowToGetToken =
        "in development mode 'token --subject NAME --role ROLE --data DIRECTORY' of the Host prints one, with the data directory of the Host that runs; else the OpenID provider gives it.";

    private static readonly string[] Common =
        ["--address", "--orders-address", "--shipments-address", "--compliance-address", "--token-file", "--authority-file", "--deadline"];

    private static readonly string[] Flags = ["--json", "--help"];

    private static readonly Command[] All =
        [
            .. Orders.Commands, .. Stuck.Commands, .. DeadLetters.Commands, .. Holds.Commands, .. Releases.Commands, .. Licences.Commands, VerifyAudit.Command,
            WhatIf.Command, ImportOrders.Command,
        ];

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
        var output = new Output(results, notes, args.Contains("--json"), resultsOnTerminal, notesOnTerminal);
        try
        {
            if (args.Count == 0 || args[0] is "--help" or "-h" or "help")
                return Print(results, Usage());
            var command = Find(args);
            var arguments = Arguments.Parse(
                args.Skip(WordsOf(command)),
                command.Options.Concat(Common).ToHashSet(StringComparer.Ordinal),
                command.Flags.Concat(Flags).ToHashSet(StringComparer.Ordinal));
            if (arguments.Has("--help"))
                return Print(results, UsageOf(command));
            if (arguments.Words.Count != command.Words)
                throw new AdminException($"'{command.Name}' is to be given as: admin {command.Name} {command.Usage}");
            return await Run(command, arguments, output, environment, cancellation);
        }
        catch (Exception misused) when (misused is AdminException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            output.Note(misused.Message);
            return ExitCode.Misused;
        }
        catch (OperationCanceledException)
        {
            output.Note("Broken off.");
            return ExitCode.Unanswered;
        }
    }

    private static async Task<int> Run(
        Command command, Arguments arguments, Output output, Func<string, string?> environment, CancellationToken cancellation)
    {
        var options = Options(arguments, environment);
        using var clients = new OrderTrackingClients(options);
        int Explain(OrderTrackingError error) => Failure.Explain(error, command, AddressOf(command, options), output.Note);
        try
        {
            return await command.Run(new Session(clients, arguments, output, Explain), cancellation);
        }
        catch (RpcException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (RpcException failed)
        {
            return Explain(OrderTrackingError.Of(failed));
        }
    }

    private static string AddressOf(Command command, OrderTrackingClientOptions options)
    {
        Uri?[] asked = command.Call.Split('/')[0] switch
        {
            "OrderService" => [options.OrdersAddress],
            "ShipmentService" => [options.ShipmentsAddress],
            "DeadLetterService" => [options.OrdersAddress, options.ShipmentsAddress, options.ComplianceAddress],
            _ => [options.ComplianceAddress],
        };
        return string.Join(" or ", asked.Select(address => (address ?? options.Address!).GetLeftPart(UriPartial.Authority)).Distinct());
    }

    private static Command Find(IReadOnlyList<string> args)
    {
        if (All.FirstOrDefault(command => args.Take(WordsOf(command)).SequenceEqual(command.Name.Split(' '))) is { } found)
            return found;
        var group = All.Where(command => command.Name.StartsWith(args[0] + " ", StringComparison.Ordinal)).Select(command => command.Name).ToList();
        var given = string.Join(' ', args.Take(2).TakeWhile(word => !word.StartsWith('-')));
        throw new AdminException($"There is no command '{given}'. There are: {string.Join(", ", group.Count > 0 ? group : All.Select(command => command.Name))}.");
    }

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
        _ => throw new AdminException($"A token is needed: --token-file FILE, or the variable {TokenVariable}; {HowToGetToken}"),
    };

    private static int Print(TextWriter results, string text)
    {
        results.WriteLine(text);
        return ExitCode.Done;
    }

    private static string Usage() =>
        $"Operates OrderTracking over its API.\n\n{string.Join('\n', All.Select(one => $"  admin {one.Name} {one.Usage}\n      {one.Summary}"))}\n\n{CommonUsage}";

    private static string UsageOf(Command command) =>
        $"admin {command.Name} {command.Usage}\n\n  {command.Summary}\n  Roles: {string.Join(", ", command.Roles)}.\n\n"
        + (command == ImportOrders.Command ? $"{OrderFile.Columns}\n\n" : "") + CommonUsage;

    private const string CommonUsage = $"""
        OPTIONS of every command
          --address URL           where the services are, default ${AddressVariable}, then {AddressPreset}
          --orders-address URL, --shipments-address URL, --compliance-address URL
                                  where a service has an address of its own
          --token-file FILE       the bearer token, read anew for each call; default the variable {TokenVariable}
          --authority-file FILE   PEM file of the authorities the servers' certificates are checked against
          --deadline SECONDS      of one call, default 30
          --json                  JSON instead of tables
          --help                  this text; after a command's name what it takes and which roles may

        Results go to standard output; notes, errors and progress to standard error.
        A resource is named whole (holds/ID) or by its id alone. Filters are the API's: "state = OPEN AND destination_country = CN".

        EXIT CODES
          0  done, and nothing is wrong
          1  the server refused, rows of a file were refused, or the audit trail is not intact
          2  the command, an option, a file or a variable is wrong; nothing was asked
          3  no answer, or not to everything: the same command may be given again
        """;
}
