using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Service;
using OrderTracking.Contracts.Compliance;
using Xunit;
using LicencesApi = OrderTracking.Compliance.V1.LicenceService;

namespace OrderTracking.ComplianceService.Tests.Licences;

/// <summary>What a change of a licence does to the shipments that rest on it.</summary>
public sealed class LicenceStandingTests
{
    private const string Letter = "US-2025-04-NVIDIA-LETTER";

    public static TheoryData<string> Changes() => ["suspend", "revoke", "amend"];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task An_open_shipment_loses_its_release_its_reservation_and_its_standing(string change)
    {
        await using var host = await ComplianceHost.Start("2025-05-10T20:00:00Z");
        var (staff, goods, licence) = await Released(host, "2025-05-20");
        var others = await staff.Register(Letter);
        Assert.Equal(100, (await staff.Balance(licence)).ReservedQuantity);

        await Change(host, change, others);
        await host.Quiet();
        await goods.Held(Letter, "SETTLED");
        await Change(host, change, licence);
        Assert.Equal([Letter], (await goods.Stands("HELD")).Reasons);
        var hold = await goods.Held(Letter);
        var release = hold.Releases.Single();
        Assert.Equal(Release.Types.State.Voided, release.State);
        Assert.Contains(licence.Number, release.CloseReason, StringComparison.Ordinal);
        Assert.Equal(0, (await staff.Balance(licence)).ReservedQuantity);
        Assert.Single(
            await host.Sent<LicenceChanged>(), told => told.LicenceId.ToString() == licence.Uid && told.Change != "REGISTERED");
        // Two people may settle it again under another licence.
        await staff.Settle(hold, "LICENCE", (await staff.Register(Letter)).Name);
        await goods.Stands("READY");
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_permit_that_has_not_departed_is_taken_back_and_one_that_has_stands(string change)
    {
        await using var host = await ComplianceHost.Start("2025-05-20T20:00:00Z");
        var (staff, goods, licence) = await Released(host, "2025-05-20");
        var departed = await Goods.Plan(host, "H20", "2025-05-20");
        await staff.Settle(await departed.Held(Letter), "LICENCE", licence.Name);
        await goods.Authorize();
        await departed.Authorize();
        await departed.Depart("2025-05-20");
        await ComplianceHost.Eventually(async () => await host.Count("shipments", "phase = 'DEPARTED'") == 1 ? "gone" : null, "one has departed");
        Assert.Equal(200, (await staff.Balance(licence)).DrawnQuantity);

        await Change(host, change, licence);
        await goods.Stands("HELD");
        var revoked = Assert.Single(await host.Sent<PermitRevoked>());
        Assert.Equal(goods.Snapshot.ShipmentId, revoked.ShipmentId);
        Assert.Contains(licence.Number, revoked.Reason, StringComparison.Ordinal);
        var line = await staff.Balance(licence);
        Assert.Equal((0, 100), (line.ReservedQuantity, line.DrawnQuantity));
        Assert.Equal("DISPATCH_REFUSED", (await Refused.By(() => goods.Authorize())).Reason);
    }

    [Fact]
    public async Task The_gate_refuses_a_licence_that_was_suspended_a_moment_ago()
    {
        await using var host = await ComplianceHost.Start("2025-05-20T20:00:00Z");
        var (staff, goods, licence) = await Released(host, "2025-05-20");
        // As if the re-check had not looked yet: the change alone, without what makes shipments due.
        await host.Db.Write(tx => tx.Execute("update licences set state = 'SUSPENDED', state_reason = 'stop'"));
        var refused = await Refused.By(() => goods.Authorize());
        Assert.Equal(["LICENCE_NOT_ACTIVE"], refused.Violations.Select(violation => violation.Type));
        await goods.Held(Letter);
        Assert.Equal((0, 0), ((await staff.Balance(licence)).ReservedQuantity, (await staff.Balance(licence)).DrawnQuantity));
    }

    [Fact]
    public async Task A_resumed_licence_brings_no_release_back_and_a_widened_one_ends_none()
    {
        await using var host = await ComplianceHost.Start("2025-05-10T20:00:00Z");
        var (staff, goods, licence) = await Released(host, "2025-05-20");
        var (olga, omar) = (As(host, "olga"), As(host, "omar"));
        await olga.AmendLicenceAsync(new AmendLicenceRequest
        {
            Licence = new Licence { Name = licence.Name, ValidTo = Goods.WireDay(Goods.Day("2026-12-31")) }, Reason = "prolonged",
        });
        await host.Quiet();
        await goods.Held(Letter, "SETTLED");
        await olga.SuspendLicenceAsync(new SuspendLicenceRequest { Name = licence.Name, Reason = "stop" });
        await goods.Stands("HELD");
        await omar.ResumeLicenceAsync(new ResumeLicenceRequest { Name = licence.Name });
        await host.Quiet();
        await goods.Held(Letter);
        Assert.Equal(0, (await staff.Balance(licence)).ReservedQuantity);
    }

    [Fact]
    public async Task The_last_day_of_a_licence_goes_by_and_its_release_with_it()
    {
        await using var host = await ComplianceHost.Start("2025-05-20T20:00:00Z");
        var staff = new Staff(host);
        var goods = await Goods.Plan(host, "H20", "2025-05-20");
        var licence = await staff.Register(Letter, validTo: "2025-05-20");
        await staff.Settle(await goods.Held(Letter), "LICENCE", licence.Name);
        await goods.Stands("READY");
        host.Clock.Set(ComplianceHost.At("2025-05-21T07:00:00Z"));
        await goods.Stands("HELD");
        Assert.Equal(0, (await staff.Balance(licence)).ReservedQuantity);
    }

    [Fact]
    public async Task Cancel_and_return_give_back_once()
    {
        await using var host = await ComplianceHost.Start("2025-05-20T20:00:00Z");
        var (staff, cancelled, licence) = await Released(host, "2025-05-20");
        var returned = await Goods.Plan(host, "H20", "2025-05-20");
        await staff.Settle(await returned.Held(Letter), "LICENCE", licence.Name);
        await returned.Authorize();
        await returned.Depart("2025-05-20");
        await cancelled.Cancel();
        await returned.Return();
        await ComplianceHost.Eventually(async () => await host.Count("shipments", "phase = 'CLOSED'") == 2 ? "closed" : null, "both are closed");
        var line = await staff.Balance(licence);
        Assert.Equal((0, 0), (line.ReservedQuantity, line.DrawnQuantity));
        var ledger = await As(host, "olga").ListLicenceMovementsAsync(new ListLicenceMovementsRequest { Parent = licence.Name });
        Assert.Equal(
            ["DrawReturned", "Drawn", "ReservationReturned", "Reserved", "Reserved"],
            ledger.Movements.Select(movement => movement.Kind.ToString()).Order(StringComparer.Ordinal));
    }

    private static async Task<(Staff Staff, Goods Goods, Licence Licence)> Released(ComplianceHost host, string planned)
    {
        var staff = new Staff(host);
        var goods = await Goods.Plan(host, "H20", planned);
        var licence = await staff.Register(Letter);
        await staff.Settle(await goods.Held(Letter), "LICENCE", licence.Name);
        await goods.Stands("READY");
        return (staff, goods, licence);
    }

    private static LicencesApi.LicenceServiceClient As(ComplianceHost host, string who) => host.As<LicencesApi.LicenceServiceClient>(who, "officer");

    private static async Task Change(ComplianceHost host, string change, Licence licence) => _ = change switch
    {
        "suspend" => await As(host, "olga").SuspendLicenceAsync(new SuspendLicenceRequest { Name = licence.Name, Reason = "stop" }),
        "revoke" => await As(host, "olga").RevokeLicenceAsync(new RevokeLicenceRequest { Name = licence.Name, Reason = "over" }),
        _ => await As(host, "olga").AmendLicenceAsync(new AmendLicenceRequest
        {
            Licence = new Licence { Name = licence.Name, ValidTo = Goods.WireDay(Goods.Day("2025-05-19")) }, Reason = "shortened",
        }),
    };
}
