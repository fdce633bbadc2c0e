using System.Globalization;

namespace OrderTracking.Benchmarks.Loading;

/// <summary>What is sent where, how often and for how long.</summary>
internal sealed record LoadOptions
{
    public const string TokenVariable = "ORDERTRACKING_TOKEN";
    private const int RateMax = 1_000_000;
    private const int SecondsMax = 86_400;
    private const int ConnectionsMax = 256;
    private const int InFlightLimit = 100_000;

    private static readonly string[] Options =
        ["--target", "--rate", "--duration", "--token", "--token-file", "--authority-file", "--method", "--connections", "--in-flight", "--json"];

    public const string Usage = """
        Sends calls at a fixed rate, whether or not the former ones have been answered, and tells how long the answers took.

          dotnet run -c Release --project tests/Benchmarks -- load --target URL --rate N --duration S [OPTIONS]

          --target URL           http://HOST:PORT (cleartext HTTP/2) or https://HOST:PORT
          --rate N               calls a second, 1 to 1,000,000
          --duration S           seconds, 1 to 86,400
          --token T              bearer token; better --token-file, or the variable ORDERTRACKING_TOKEN
          --token-file FILE      a file with the token
          --authority-file FILE  certificates (PEM) that are trusted beside none else; default: those of the system
          --method METHOD        place-order (default; role caller) or check-shipment (any role)
          --connections N        HTTP/2 connections, 1 to 256, default 4
          --in-flight N          calls under way at once, 1 to 100,000, default 4,000; what would be more is shed and counted
          --json FILE            writes the results there too

        A latency counts from the moment the call was due, not from when it could be sent (coordinated omission).
        Ends with 0 where the rate was held and no call failed, 1 where not, 2 where the arguments are wrong.
        """;

    public required Uri Target { get; init; }

    public required int Rate { get; init; }

    public required TimeSpan Duration { get; init; }

    public required string Token { get; init; }

    public required LoadMethod Method { get; init; }

    public required int Connections { get; init; }

    public required int InFlightMax { get; init; }

    public string? AuthorityFile { get; init; }

    public string? JsonFile { get; init; }

    /// <summary>Calls that are due in all.</summary>
    public long Calls => (long)(Rate * Duration.TotalSeconds);

    /// <param name="args">What follows <c>load</c>.</param>
    /// <param name="environment">Reads a variable.</param>
    /// <param name="options">Null where something is wrong.</param>
    /// <param name="wrong">Everything that is: the argument, its value, what is allowed.</param>
    public static bool TryParse(IReadOnlyList<string> args, Func<string, string?> environment, out LoadOptions? options, out IReadOnlyList<string> wrong)
    {
        Arguments.TryParse(args, Options, [], out var arguments, out var misused);
        var found = new List<string>(misused);
        found.AddRange(arguments.Words.Select(word => $"'{word}' is no option; allowed are {string.Join(", ", Options)}."));
        var read = new LoadOptions
        {
            Target = ReadTarget(arguments, found),
            Rate = Number(arguments, "--rate", preset: null, RateMax, found),
            Duration = TimeSpan.FromSeconds(Number(arguments, "--duration", preset: null, SecondsMax, found)),
            Token = ReadToken(arguments, environment, found),
            Method = ReadMethod(arguments, found),
            Connections = Number(arguments, "--connections", 4, ConnectionsMax, found),
            InFlightMax = Number(arguments, "--in-flight", 4_000, InFlightLimit, found),
            AuthorityFile = Existing(arguments, "--authority-file", found),
            JsonFile = Writable(arguments, "--json", found),
        };
        (options, wrong) = (found.Count == 0 ? read : null, found);
        return options is not null;
    }

    private static Uri ReadTarget(Arguments arguments, List<string> wrong)
    {
        const string Allowed = "allowed is http://HOST:PORT or https://HOST:PORT";
        if (arguments.Find("--target") is not { } text)
            wrong.Add($"--target is missing; {Allowed}.");
        else if (Uri.TryCreate(text, UriKind.Absolute, out var target) && target.Scheme is "http" or "https" && target.PathAndQuery == "/")
            return target;
        else
            wrong.Add($"--target is '{text}'; {Allowed}.");
        return new Uri("http://localhost");
    }

    private static int Number(Arguments arguments, string option, int? preset, int max, List<string> wrong)
    {
        var allowed = string.Create(CultureInfo.InvariantCulture, $"allowed is a whole number from 1 to {max:N0}");
        if (arguments.Find(option) is not { } text)
        {
            if (preset is null)
                wrong.Add($"{option} is missing; {allowed}.");
            return preset ?? 1;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max)
            return number;
        wrong.Add($"{option} is '{text}'; {allowed}.");
        return 1;
    }

    private static LoadMethod ReadMethod(Arguments arguments, List<string> wrong)
    {
        switch (arguments.Find("--method"))
        {
            case null or "place-order":
                return LoadMethod.PlaceOrder;
            case "check-shipment":
                return LoadMethod.CheckShipment;
            case var other:
                wrong.Add($"--method is '{other}'; allowed are place-order and check-shipment.");
                return default;
        }
    }

    // The value of a token is never repeated: what is printed is kept in logs.
    private static string ReadToken(Arguments arguments, Func<string, string?> environment, List<string> wrong)
    {
        if (arguments.Find("--token") is { } token)
        {
            if (arguments.Find("--token-file") is not null)
                wrong.Add("--token and --token-file are both given; allowed is one of them.");
            return Checked(token, "--token");
        }

        if (arguments.Find("--token-file") is not null)
            return Existing(arguments, "--token-file", wrong) is { } file ? Checked(File.ReadAllText(file).Trim(), "--token-file") : "";
        if (environment(TokenVariable) is { Length: > 0 } found)
            return Checked(found, TokenVariable);
        wrong.Add($"--token is missing; allowed is a bearer token, --token-file FILE or the variable {TokenVariable}: every method asks for one.");
        return "";

        string Checked(string text, string from)
        {
            if (text.Length == 0 || text.Any(letter => letter is <= ' ' or > '~'))
                wrong.Add($"{from} is blank or has letters no token has; allowed is a bearer token in one line.");
            return text;
        }
    }

    private static string? Existing(Arguments arguments, string option, List<string> wrong)
    {
        if (arguments.Find(option) is not { } file)
            return null;
        try
        {
            using var opened = File.OpenRead(file);
            return file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            wrong.Add($"{option} is '{file}'; allowed is a file that can be read: {error.Message}");
            return null;
        }
    }

    private static string? Writable(Arguments arguments, string option, List<string> wrong)
    {
        if (arguments.Find(option) is not { } file)
            return null;
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
            wrong.Add($"{option} is '{file}'; allowed is a file in a folder that exists.");
        return file;
    }
}

/// <summary>What is called.</summary>
internal enum LoadMethod
{
    /// <summary>A write: one order of one line, another request id each.</summary>
    PlaceOrder,

    /// <summary>A read: the what-if question of the README.</summary>
    CheckShipment,
}
