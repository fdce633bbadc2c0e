using OrderTracking.TestKit.Distributed;

namespace OrderTracking.SystemTests.Distributed;

/// <summary>Ends processes and the broker at random, each for a while, one after another and now and then two together.</summary>
internal sealed class Killer(Fleet fleet, int seed)
{
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, int> _kills = new(StringComparer.Ordinal);

    /// <summary>How often each victim was ended.</summary>
    public IReadOnlyDictionary<string, int> Kills => _kills;

    /// <summary>Whether every process and the broker were ended at least once and run again.</summary>
    public bool EverybodyFell { get; private set; }

    /// <summary>Kills until told to stop; then everything runs.</summary>
    public async Task Run(CancellationToken stop)
    {
        // CA5394: chance decides when, not what is secret; the seed makes a run repeatable as far as timing allows.
#pragma warning disable CA5394
        var random = new Random(seed);
        var victims = new Queue<ServiceProcess?>();
        while (!stop.IsCancellationRequested)
        {
            // Everybody's turn comes, in an order of chance: a short run leaves nobody out.
            if (victims.Count == 0)
                victims = new Queue<ServiceProcess?>(fleet.Services.Append(null).OrderBy(_ => random.Next()));
            await Pause(random, stop);
            var first = Strike(victims.Dequeue(), random.Next(4) == 0, random.Next(2500));
            if (random.Next(5) == 0 && victims.TryDequeue(out var second))
                await Strike(second, gently: false, random.Next(2500));
            await first;
            EverybodyFell |= victims.Count == 0;
        }
#pragma warning restore CA5394
    }

    private static Task Pause(Random random, CancellationToken stop)
    {
#pragma warning disable CA5394
        return Task.Delay(TimeSpan.FromMilliseconds(random.Next(500, 4000)), stop)
            .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
#pragma warning restore CA5394
    }

    private async Task Strike(ServiceProcess? victim, bool gently, int downMilliseconds)
    {
        var name = victim is null ? "broker" : gently ? $"{victim.Name} (SIGTERM)" : victim.Name;
        lock (_kills)
            _kills[name] = _kills.GetValueOrDefault(name) + 1;
        if (victim is null)
            await fleet.Broker.Kill();
        else if (gently)
            await Terminate(victim);
        else
            await victim.Kill();
        await Task.Delay(TimeSpan.FromMilliseconds(downMilliseconds), CancellationToken.None);
        if (victim is null)
            await fleet.Broker.Start();
        else
            await victim.Start();
    }

    private static async Task Terminate(ServiceProcess victim)
    {
        var code = await victim.Terminate(EndsWithin);
        if (code != 0)
            throw new InvalidOperationException($"{victim.Name} ended with {code} after SIGTERM:\n{string.Join('\n', victim.LastOutput)}");
    }
}
