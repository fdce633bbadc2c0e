using Google.Rpc;
using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.Host;
using OrderTracking.Shipments.V1;
using OrderTracking.TestIssuer;
using OrderTracking.TestKit;
using Xunit;
using State = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.SystemTests.Identity;

/// <summary>What becomes of callers and of the services' own calls when the provider changes its keys, is down, or comes late.</summary>
public sealed class ProviderTests : IAsyncLifetime
{
    private Issuer _issuer = null!;
    private RunningHost? _host;

    public async ValueTask InitializeAsync() => _issuer = await OidcSystem.NewIssuer();

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task An_order_is_placed_and_dispatched_with_the_providers_tokens_and_the_services_own_account()
    {
        await Start();
        var shipment = await Screened();
        var dispatched = await As("erp", "caller").Shipments.DispatchShipmentAsync(
            new() { Name = shipment.Name, Carrier = "Polar Air", TrackingNumber = "PA-1", RequestId = Shop.NewRequestId() });
        Assert.Equal(State.Dispatched, dispatched.State);
        Assert.Equal(1, _issuer.Requests["token"]);
        var permit = await As("audrey", "auditor").Compliance.GetPermitAsync(new GetPermitRequest { Name = dispatched.Permit });
        Assert.Equal(shipment.Name, permit.Shipment);
    }

    [Fact]
    public async Task A_new_key_is_taken_up_by_the_first_call_that_shows_it_and_a_known_one_survives_the_provider()
    {
        await Start();
        var before = As("olivia", "officer");
        Assert.Equal(StatusCode.OK, await Ask(before));
        _issuer.RotateKey();
        await Eventually.Becomes("the new key is known", () => Ask(As("otto", "officer")), code => code == StatusCode.OK);
        Assert.Equal(StatusCode.OK, await Ask(before));
        Assert.Equal(StatusCode.OK, await Ask(With(new TokenSketch { Roles = ["officer"], Signing = Signing.EllipticKey })));
        await _issuer.GoDown();
        Assert.Equal(StatusCode.OK, await Ask(before));
        _issuer.RotateKey();
        for (var times = 0; times < 3; times++)
            Assert.Equal(StatusCode.Unauthenticated, await Ask(As("nobody yet", "officer")));
        Assert.Equal(StatusCode.OK, await Ask(before));
        await _issuer.ComeBack();
        await Eventually.Becomes("the key is known when the provider is back", () => Ask(As("otto", "officer")), code => code == StatusCode.OK);
    }

    [Fact]
    public async Task Strange_keys_do_not_make_this_system_hammer_the_provider()
    {
        await Start();
        Assert.Equal(StatusCode.OK, await Ask(As("olivia", "officer")));
        var before = _issuer.Requests["keys"];
        var started = TimeProvider.System.GetTimestamp();
        for (var times = 0; times < 200; times++)
            Assert.Equal(StatusCode.Unauthenticated, await Ask(With(new TokenSketch { Roles = ["officer"], Signing = Signing.UnknownKey })));
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        Assert.InRange(_issuer.Requests["keys"] - before, 0, (int)seconds + 2);
    }

    [Fact]
    public async Task A_provider_that_was_never_reached_lets_nobody_in_until_it_is()
    {
        var settings = OidcSystem.Settings(_issuer);
        await _issuer.GoDown();
        _host = await RunningHost.Start(settings: settings);
        Assert.Equal(StatusCode.Unauthenticated, await Ask(As("olivia", "officer")));
        await _issuer.ComeBack();
        await Eventually.Becomes("the officer is let in", () => Ask(As("olivia", "officer")), code => code == StatusCode.OK);
    }

    [Fact]
    public async Task Without_a_token_of_its_own_a_service_does_not_call_and_the_dispatch_ends_when_it_has_one()
    {
        _issuer.TokenEndpointFails = 503;
        await Start();
        var shipment = await Screened();
        var request = new DispatchShipmentRequest { Name = shipment.Name, Carrier = "Polar Air", TrackingNumber = "PA-1", RequestId = Shop.NewRequestId() };
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await As("erp", "caller").Shipments.DispatchShipmentAsync(request));
        Assert.Equal((StatusCode.Unavailable, "COMPLIANCE_UNREACHABLE"), (refused.StatusCode, refused.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason));
        _issuer.TokenEndpointFails = null;
        await Eventually.Becomes(
            "the dispatch ends by itself",
            async () => await As("audrey", "auditor").Shipments.GetShipmentAsync(new GetShipmentRequest { Name = shipment.Name }),
            read => read.State == State.Dispatched);
    }

    [Fact]
    public async Task A_secret_in_a_file_is_read_again_when_it_is_replaced_and_tokens_are_renewed()
    {
        using var file = new SecretFile("yesterday");
        _issuer.ClientTokenLifetime = TimeSpan.FromSeconds(1);
        await Start("--Security:Service:ClientSecret=", $"--Security:Service:ClientSecretFile={file.Path}");
        var shipment = await Screened();
        var request = new DispatchShipmentRequest { Name = shipment.Name, Carrier = "Polar Air", TrackingNumber = "PA-1", RequestId = Shop.NewRequestId() };
        await Assert.ThrowsAsync<RpcException>(async () => await As("erp", "caller").Shipments.DispatchShipmentAsync(request));
        file.Write(OidcSystem.Secret);
        await Eventually.Becomes(
            "the dispatch ends by itself",
            async () => await As("audrey", "auditor").Shipments.GetShipmentAsync(new GetShipmentRequest { Name = shipment.Name }),
            read => read.State == State.Dispatched);
        var before = _issuer.Requests["token"];
        await Task.Delay(TimeSpan.FromSeconds(1.2), TestContext.Current.CancellationToken);
        var next = await Screened();
        request = new DispatchShipmentRequest { Name = next.Name, Carrier = "Polar Air", TrackingNumber = "PA-2", RequestId = Shop.NewRequestId() };
        Assert.Equal(State.Dispatched, (await As("erp", "caller").Shipments.DispatchShipmentAsync(request)).State);
        Assert.True(_issuer.Requests["token"] > before);
    }

    private async Task Start(params string[] more) => _host = await RunningHost.Start(settings: OidcSystem.Settings(_issuer, more));

    private Person As(string subject, params string[] roles) => new(subject, _issuer.Mint(subject, roles), _host!.Channel);

    private Person With(TokenSketch sketch) => new("somebody", _issuer.Mint(sketch), _host!.Channel);

    private async Task<Shipment> Screened()
    {
        var order = await As("erp", "caller").Orders.PlaceOrderAsync(new() { Order = new OrderSketch().ToOrder(), RequestId = Shop.NewRequestId() });
        var auditor = As("audrey", "auditor");
        var page = await Eventually.Becomes(
            $"{order.Name} is screened",
            async () => await auditor.Shipments.ListShipmentsAsync(new ListShipmentsRequest { Filter = $"order = \"{order.Name}\"" }),
            read => read.Shipments.Count == 1 && read.Shipments[0].State == State.Ready);
        return page.Shipments[0];
    }

    private static async Task<StatusCode> Ask(Person person)
    {
        try
        {
            await person.Rules.ListRulesAsync(new ListRulesRequest { PageSize = 1 });
            return StatusCode.OK;
        }
        catch (RpcException refused)
        {
            return refused.StatusCode;
        }
    }

    private sealed class SecretFile : IDisposable
    {
        public SecretFile(string secret) => Write(secret);

        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"secret-{Guid.CreateVersion7():N}");

        public void Write(string secret) => File.WriteAllText(Path, secret + "\n");

        public void Dispose() => File.Delete(Path);
    }
}
