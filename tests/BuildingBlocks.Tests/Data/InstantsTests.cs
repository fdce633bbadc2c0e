using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Tests.Grpc;
using OrderTracking.BuildingBlocks.Tests.Probe;

namespace OrderTracking.BuildingBlocks.Tests.Data;

/// <summary>No instant of the system has a part that not every engine keeps.</summary>
public sealed class InstantsTests
{
    [Fact]
    public void Cutting_leaves_whole_microseconds_and_never_a_later_instant() =>
        Gen.DateTimeOffset.Sample(instant =>
        {
            var cut = MicrosecondClock.Cut(instant);
            Assert.Equal(0, cut.Ticks % TimeSpan.TicksPerMicrosecond);
            Assert.InRange(instant - cut, TimeSpan.Zero, TimeSpan.FromTicks(TimeSpan.TicksPerMicrosecond - 1));
            Assert.Equal(cut, MicrosecondClock.Cut(cut));
        });

    [Fact]
    public void The_machines_clock_has_ticks_and_ours_has_not()
    {
        // The control: the machine's own clock would fail the test.
        Assert.Contains(Enumerable.Range(0, 1000), _ => TimeProvider.System.GetUtcNow().Ticks % TimeSpan.TicksPerMicrosecond != 0);
        Assert.DoesNotContain(Enumerable.Range(0, 1000), _ => MicrosecondClock.Machine.GetUtcNow().Ticks % TimeSpan.TicksPerMicrosecond != 0);
        Assert.Same(MicrosecondClock.Machine, MicrosecondClock.Of(MicrosecondClock.Machine));
    }

    [Fact]
    public async Task A_process_runs_by_that_clock()
    {
        await using var host = await ProbeHost.Start((_, _) => Task.FromResult(new AskResponse()));
        Assert.Same(MicrosecondClock.Machine, host.Services.GetRequiredService<TimeProvider>());
    }
}
