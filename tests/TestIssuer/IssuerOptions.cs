using System.Globalization;
using System.Net;

namespace OrderTracking.TestIssuer;

/// <summary>Where the issuer is, and which clients it knows.</summary>
public sealed record IssuerOptions
{
    /// <summary>The address it listens on.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>0: any free one.</summary>
    public int Port { get; init; }

    /// <summary>What it calls itself, where that differs from where it listens; it then answers below that path.</summary>
    public string? Authority { get; init; }

    /// <summary>Whom its tokens are for.</summary>
    public string Audience { get; init; } = "ordertracking";

    /// <summary>The secrets of the clients that may use client credentials.</summary>
    public IDictionary<string, string> Clients { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Understands <c>--address</c>, <c>--port</c>, <c>--authority</c>, <c>--audience</c> and <c>--client ID=SECRET</c>.</summary>
    public static IssuerOptions Parse(IReadOnlyList<string> args)
    {
        var options = new IssuerOptions { Port = 8080 };
        for (var at = 0; at < args.Count; at += 2)
        {
            var value = at + 1 < args.Count ? args[at + 1] : throw new ArgumentException($"{args[at]} needs a value.", nameof(args));
            switch (args[at])
            {
                case "--address":
                    options = options with { Address = IPAddress.Parse(value) };
                    break;
                case "--port":
                    options = options with { Port = int.Parse(value, CultureInfo.InvariantCulture) };
                    break;
                case "--authority":
                    options = options with { Authority = value.TrimEnd('/') };
                    break;
                case "--audience":
                    options = options with { Audience = value };
                    break;
                case "--client" when value.Split('=', 2) is [var id, var secret]:
                    options.Clients[id] = secret;
                    break;
                default:
                    throw new ArgumentException(
                        $"'{args[at]} {value}' is not understood; allowed are --address, --port, --authority, --audience, --client ID=SECRET.", nameof(args));
            }
        }

        return options;
    }
}
