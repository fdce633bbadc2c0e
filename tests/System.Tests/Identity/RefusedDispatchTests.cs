using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.Host;
using OrderTracking.Shipments.V1;
using OrderTracking.SystemTests.Running;
using OrderTracking.TestKit;
using Xunit;
using State = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.SystemTests.Identity;

/// <summary>A dispatch by who may not is refused, and an auditor finds who tried what and when.</summary>
public sealed class RefusedDispatchTests(SystemUnderTest system) : IClassFixture<SystemUnderTest>
{
    [Fact]
    public async Task Who_tries_to_dispatch_and_may_not_is_in_the_audit_trail()
    {
        var shipment = (await system.Shop.Screened()).Single();
        var name = shipment.Name;
        var before = system.Host.Clock.GetUtcNow();
        Assert.Equal(StatusCode.PermissionDenied, await Dispatch(system.Host.As("oscar", "officer", "analyst"), name));
        Assert.Equal(StatusCode.PermissionDenied, await Dispatch(system.Host.As("olga", "operator"), name, validateOnly: true));
        Assert.Equal(StatusCode.PermissionDenied, await Dispatch(system.Host.As("nobody"), "../other"));
        Assert.Equal(StatusCode.Unauthenticated, await Dispatch(system.Host.Anonymous, name));
        var entries = await Entries("shipments.dispatch", 2);
        var known = Assert.Single(entries, entry => entry.Actor == "oscar");
        Assert.Equal((name, name, shipment.Order, "ROLE_NOT_ALLOWED"), (known.Subject, known.Shipment, known.Order, known.Outcome));
        Assert.StartsWith("roles analyst,officer; tried ", known.Detail, StringComparison.Ordinal);
        Assert.True(known.RecordTime.ToDateTimeOffset() >= before);
        Assert.Equal("shipments/-", Assert.Single(entries, entry => entry.Actor == "nobody").Subject);
        Assert.Equal(State.Ready, (await system.Shop.Shipment(name)).State);
        // What was recorded is all: the stranger and the one who only asked are not in it.
        await system.Shop.Dispatch(name);
        Assert.Equal(2, (await Entries("shipments.dispatch", 2)).Count);
    }

    [Fact]
    public async Task Who_asks_for_a_permit_and_may_not_is_in_the_audit_trail()
    {
        var shipment = (await system.Shop.Screened()).Single();
        var mallory = system.Host.As("mallory", "caller", "officer");
        var request = new AuthorizeDispatchRequest { Shipment = shipment.Name, RequestId = Shop.NewRequestId() };
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await mallory.Compliance.AuthorizeDispatchAsync(request));
        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
        var entry = Assert.Single(await Entries("shipments.authorize_dispatch", 1));
        Assert.Equal(("mallory", shipment.Name, "ROLE_NOT_ALLOWED", "roles caller,officer"), (entry.Actor, entry.Subject, entry.Outcome, entry.Detail));
    }

    private async Task<IReadOnlyList<AuditEntry>> Entries(string action, int count)
    {
        var audit = new AuditService.AuditServiceClient(system.Host.As("audrey", "auditor").Invoker);
        var page = await Eventually.Becomes(
            $"{count} entries of {action}",
            async () => await audit.ListAuditEntriesAsync(new ListAuditEntriesRequest { Filter = $"action = \"{action}\"" }),
            read => read.AuditEntries.Count >= count);
        return page.AuditEntries;
    }

    private static async Task<StatusCode> Dispatch(Person person, string shipment, bool validateOnly = false)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await person.Shipments.DispatchShipmentAsync(new DispatchShipmentRequest
        {
            Name = shipment, Carrier = "Polar Air", TrackingNumber = "PA-1", RequestId = Shop.NewRequestId(), ValidateOnly = validateOnly,
        }));
        return refused.StatusCode;
    }
}
