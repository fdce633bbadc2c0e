using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.Host;
using OrderTracking.Host.Traces;
using OrderTracking.TestKit;
using Xunit;

namespace OrderTracking.SystemTests.Traces;

/// <summary>Where the page is served, and what a setting that is not allowed is told.</summary>
public sealed class TracePageStartTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("ordertracking-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task A_host_started_by_hand_says_where_its_page_is_and_shows_what_is_not_exported()
    {
        using var browser = new HttpClient();
        await using var host = new HostProcess(_data);
        var said = new ConcurrentQueue<string>();
        host.Said = said.Enqueue;
        await host.Start(("Traces__Page__Port", ""), ("OTEL_TRACES_SAMPLER", "always_off"));
        const string Words = "Recent traces are shown on ";
        await Eventually.Becomes("the banner names the page", () => Task.FromResult(said.Any(line => line.StartsWith(Words, StringComparison.Ordinal))));
        var page = new Uri(said.First(line => line.StartsWith(Words, StringComparison.Ordinal))[Words.Length..]);
        Assert.True(page.IsLoopback);
        var shop = new Shop((subject, role) => host.As(subject, role), TimeProvider.System);
        await shop.PlaceOrder(new OrderSketch { ShipDates = [DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(30)] });
        var list = await Eventually.Becomes(
            "the order's trace is listed", () => browser.GetStringAsync(page), text => text.Contains(">OrderService/PlaceOrder</a>", StringComparison.Ordinal));
        Assert.Contains("Every span of this process is kept here", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_host_of_a_machine_takes_another_port_and_starts()
    {
        // Whoever has the default port, the page is not on it.
        using var first = new TcpListener(IPAddress.Loopback, TracePageOptions.PortDefault);
        TryStart(first);
        await using var host = await RunningHost.Start(settings: "--Traces:Page:Port=");
        var address = host.Services.GetRequiredService<TraceServer>().Address!;
        Assert.NotEqual(TracePageOptions.PortDefault, address.Port);
        using var browser = new HttpClient();
        Assert.Contains("Recent traces", await browser.GetStringAsync(address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_was_asked_for_and_is_taken_stops_the_start_with_what_is_allowed()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await using var app = HostApp.Build(["--port", "0", "--data", _data, $"--Traces:Page:Port={port}"]);
            await app.StartAsync();
        });
        Assert.Equal($"Traces:Page:Port is '{port}', which another process has; allowed is a free one, 0 (any free one) or none.", refused.Message);
    }

    [Fact]
    public async Task Turned_off_it_neither_serves_nor_keeps()
    {
        await using var host = await RunningHost.Start(settings: "--Traces:Page:Port=none");
        Assert.Null(host.Services.GetService<TraceServer>());
        Assert.Null(host.Services.GetService<TraceStore>());
    }

    [Theory]
    [InlineData("Traces:Page:Port", "off")]
    [InlineData("Traces:Page:Port", "65536")]
    [InlineData("Traces:Page:Port", "-1")]
    [InlineData("Traces:Page:SpansMax", "99")]
    [InlineData("Traces:Page:SpansMax", "many")]
    [InlineData("Traces:Page:SpansPerTraceMax", "10001")]
    [InlineData("Traces:Page:MegabytesMax", "0")]
    public void A_setting_that_is_not_allowed_stops_the_start(string key, string value)
    {
        var refused = Assert.Throws<InvalidOperationException>(() => HostApp.Build(["--port", "0", "--data", _data, $"--{key}={value}"]));
        Assert.StartsWith($"{key} is '{value}'; allowed is ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_ports_of_other_listeners_are_kept_off()
    {
        var host = new ServiceHostOptions { Port = TracePageOptions.PortDefault };
        Assert.Equal(0, Options().Beside(host).Port);
        Assert.Throws<InvalidOperationException>(() => Options(("Traces:Page:Port", $"{TracePageOptions.PortDefault}")).Beside(host));
        Assert.Equal(TracePageOptions.PortDefault, Options().Beside(new ServiceHostOptions()).Port);
    }

    [Fact]
    public void Where_callers_are_known_by_a_provider_a_page_that_asks_nobody_is_off_unless_asked_for()
    {
        Assert.True(Options().IsOn);
        Assert.False(Options(("Security:Mode", "Oidc")).IsOn);
        Assert.True(Options(("Security:Mode", "Oidc"), ("Traces:Page:Port", "0")).IsOn);
        Assert.False(Options(("Traces:Page:Port", "none")).IsOn);
    }

    private static TracePageOptions Options(params (string Key, string Value)[] settings) => TracePageOptions.From(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build());

    private static void TryStart(TcpListener listener)
    {
        try
        {
            listener.Start();
        }
        catch (SocketException)
        {
            // Somebody else has it already, which does as well.
        }
    }
}
