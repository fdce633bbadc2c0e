using OrderTracking.TestKit;
using Xunit;

namespace OrderTracking.SystemTests.Running;

/// <summary>One running system for the tests of a class.</summary>
public sealed class SystemUnderTest : IAsyncLifetime
{
    public RunningHost Host { get; private set; } = null!;

    public Shop Shop { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await RunningHost.Start();
        Shop = Host.Shop;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
