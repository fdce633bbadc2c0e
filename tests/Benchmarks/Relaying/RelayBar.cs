using System.Globalization;
using OrderTracking.TestKit.Brokers;

namespace OrderTracking.Benchmarks.Relaying;

/// <summary>
/// B4: committed events brought to a quorum queue, each marked after the broker's confirm, against a relay that takes them one by one and
/// against publishing the same bytes with nothing to bring and nothing to mark.
/// </summary>
internal static class RelayBar
{
    private const double OfOneByOne = 8;
    private const double OfRaw = 0.75;
    private const double SecondsLeftMax = 1;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(7);

    public static async Task<IReadOnlyList<Bar>> Measure(bool isShort)
    {
        await using var broker = await TestBroker.FindOwn();
        if (broker is null)
        {
            await Console.Error.WriteLineAsync($"B4 is not measured. {TestBroker.Missing}");
            return [];
        }

        await using var product = await RelayedOutbox.Start(broker);
        await using var naive = await NaiveRelay.Start(broker);
        var message = await product.OneMessage();
        await using var raw = await RawPublisher.Start(broker, message.Properties, message.Body);
        await product.Publish(WarmUp);
        await naive.Publish(TimeSpan.FromSeconds(3));
        await raw.Publish(WarmUp / 2);
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"B4 messages of {message.Body.Length:N0} bytes, {RelayedOutbox.Batch:N0} events a commit"));

        var rounds = isShort ? 5 : 15;
        var ofRaw = await Pairs.Measure("outbox relay / raw publish with confirms", rounds, () => product.Publish(Span), () => raw.Publish(Span));
        var ofNaive = await Pairs.Measure("outbox relay / one by one", rounds, () => product.Publish(Span), () => naive.Publish(Span));
        var left = 0d;
        for (var round = 0; round < rounds; round++)
            left = Math.Max(left, await product.SecondsUntilNoneIsLeft(Span));
        return
        [
            new Bar("B4", ofNaive, OfOneByOne),
            new Bar("B4", ofRaw, OfRaw),
            Bar.Exactly("B4", "seconds after the last commit until no row was left, the longest", left, SecondsLeftMax),
        ];
    }
}
