using System.Runtime.InteropServices;
using OrderTracking.TestIssuer;

// A stand-in for the identity provider where none can be had. Never beside anything that is real: it gives anybody any token.
await using var issuer = await Issuer.Start(IssuerOptions.Parse(args));
await Console.Out.WriteLineAsync($"""
    An issuer of test tokens is up: {issuer.Authority}, audience {issuer.Audience}, clients {string.Join(", ", issuer.Clients.Keys)}
    A token for anybody: curl -d subject=alice -d role=officer {issuer.Authority}/mint
    """);
var ended = new TaskCompletionSource();
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => ended.TrySetResult());
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => ended.TrySetResult());
await ended.Task;
