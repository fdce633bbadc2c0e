using System.Diagnostics;
using System.Globalization;
using OrderTracking.TestKit;
using OrderTracking.TestKit.Distributed;
using Xunit;

namespace OrderTracking.SystemTests.Distributed;

/// <summary>
/// Orders walk through three services on a real RabbitMQ while every process, also one of two replicas, and the broker are killed and
/// started again. The long form is asked for with ORDERTRACKING_DISTRIBUTED_ORDERS=1000.
/// </summary>
public sealed class KilledFleetTests(ITestOutputHelper output)
{
    private const int OrdersUnlessAsked = 200;
    private const int AtATime = 24;
    private const int Seed = 20250409;
    private static readonly TimeSpan Patient = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan SettledWithin = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Orders_reach_their_ends_while_processes_and_the_broker_are_killed()
    {
        Brokers.Require();
        var orders = int.Parse(
            Environment.GetEnvironmentVariable("ORDERTRACKING_DISTRIBUTED_ORDERS") ?? $"{OrdersUnlessAsked}", CultureInfo.InvariantCulture);
        var plan = new FleetPlan { Replicas = new Dictionary<string, int> { ["orders"] = 2, ["shipments"] = 2, ["compliance"] = 2 } };
        await using var fleet = await Fleet.Start(output.WriteLine, plan);
        using var deadline = new CancellationTokenSource(Patient);
        var patience = new Patience(deadline.Token);
        var walks = new OrderWalks((subject, role) => fleet.As(subject, role), WorkingDay.Now(), patience);
        await walks.RegisterLicence();
        var killer = new Killer(fleet, Seed);
        using var walked = new CancellationTokenSource();
        var started = Stopwatch.GetTimestamp();
        var killing = killer.Run(walked.Token);
        var next = -1;
        var walking = Task.WhenAll(Enumerable.Range(0, AtATime).Select(async _ =>
        {
            // On a slow machine a process takes long to start again: more orders are walked then, until everybody had his turn.
            while (Interlocked.Increment(ref next) is var number && (number < orders || !killer.EverybodyFell))
                await walks.Walk(number);
        }));
        // Who fails ends the other: a killer who cannot start a process again would be waited for in vain.
        await Task.WhenAny(walking, killing);
        await walked.CancelAsync();
        await killing;
        await walking;
        var took = Stopwatch.GetElapsedTime(started);
        await Invariants.Hold(fleet.DataDirectory, SettledWithin);
        using var files = new DataFiles(fleet.DataDirectory);
        Books.Agree(files, [.. walks.Walked.Values], output.WriteLine);
        Assert.True(walks.Walked.Count >= orders, $"{walks.Walked.Count} of {orders}");
        output.WriteLine($"{killer.Kills.Values.Sum()} ended in {took.TotalSeconds:0} s: {Counts(killer.Kills)}");
        output.WriteLine($"answers repeated: {Counts(patience.Answers)}");
    }

    private static string Counts(IReadOnlyDictionary<string, int> counts) =>
        string.Join(", ", counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Key} {count.Value}"));
}
