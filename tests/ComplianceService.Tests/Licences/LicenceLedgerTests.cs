using CsCheck;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Licences;
using OrderTracking.ComplianceService.Tests.Registers;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Licences;

/// <summary>The balance against a model that is told the same, on the real database.</summary>
public sealed class LicenceLedgerTests(RegistersHost host) : IClassFixture<RegistersHost>
{
    private static int numbers;

    private enum Verb
    {
        Reserve,
        Draw,
        GiveBack,
    }

    private static readonly Gen<(Verb Verb, int Shipment, long Quantity, long Cents)> Step =
        Gen.Select(Gen.Enum<Verb>(), Gen.Int[0, 4], Gen.Long[1, 60], Gen.Long[1, 3_300_00]);

    [Fact]
    public async Task The_balance_is_that_of_a_model_and_of_the_ledger_after_any_steps() =>
        await Step.Array[1, 30].SampleAsync(
            async steps =>
            {
                var licence = await Register();
                var model = new Model();
                var shipments = Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7(DateTimeOffset.UnixEpoch)).ToArray();
                foreach (var step in steps)
                    Assert.Equal(
                        model.Take(step.Verb, step.Shipment, step.Quantity, step.Cents),
                        await Real(licence, step.Verb, shipments[step.Shipment], step.Quantity, step.Cents));

                var read = await host.Licences("reader", "auditor").GetLicenceAsync(new GetLicenceRequest { Name = $"licences/{licence}" });
                var line = read.Licence.Lines[0];
                Assert.Equal(
                    (model.Reserved, model.Drawn, model.Cents), (line.ReservedQuantity, line.DrawnQuantity, Cents(line.UsedValue)));
                Assert.Equal((model.Reserved, model.Drawn), Replayed(read.Movements));
                Assert.Equal(Enumerable.Range(1, read.Movements.Count), read.Movements.Select(movement => (int)movement.Sequence));
            },
            iter: 40, threads: 1);

    [Fact]
    public async Task Parallel_draws_never_go_below_zero()
    {
        var licence = await Register();
        var granted = await Task.WhenAll(Enumerable.Range(0, 60).Select(async _ =>
        {
            var use = LicenceOfTests.Use(7, 1_00);
            try
            {
                await host.Db.Write(async tx =>
                {
                    await LicenceStore.Reserve(tx, licence, use, "released", host.Now);
                    await LicenceStore.Draw(tx, licence, use.ShipmentId, "permitted", host.Now);
                });
                return true;
            }
            catch (Refusal refusal) when (refusal.Reason == ComplianceReasons.LicenceDoesNotCover)
            {
                return false;
            }
        }));

        Assert.Equal(100 / 7, granted.Count(one => one));
        var line = (await host.Db.Read(tx => LicenceStore.Find(tx, licence)))!.Lines[0];
        Assert.Equal((0L, 98L, 14_00L), (line.ReservedQuantity, line.DrawnQuantity, line.UsedValueMinor));
    }

    [Fact]
    public async Task Several_rules_of_one_shipment_reserve_once_and_giving_back_twice_gives_back_once()
    {
        var licence = await Register();
        var use = LicenceOfTests.Use(10, 1_00);
        await host.Db.Write(async tx =>
        {
            await LicenceStore.Reserve(tx, licence, use, "released", host.Now);
            await LicenceStore.Reserve(tx, licence, use, "released again", host.Now);
        });
        Assert.Equal(10, (await host.Db.Read(tx => LicenceStore.Find(tx, licence)))!.Lines[0].ReservedQuantity);
        await host.Db.Write(async tx =>
        {
            await LicenceStore.Draw(tx, licence, use.ShipmentId, "permitted", host.Now);
            await LicenceStore.Draw(tx, licence, use.ShipmentId, "permitted", host.Now);
            await LicenceStore.GiveBack(tx, licence, use.ShipmentId, "cancelled", host.Now);
            await LicenceStore.GiveBack(tx, licence, use.ShipmentId, "cancelled", host.Now);
        });

        Assert.Equal(100, (await host.Db.Read(tx => LicenceStore.Find(tx, licence)))!.Lines[0].QuantityLeft);
        Assert.Equal(3, (await host.Db.Read(tx => LicenceLedger.Movements(tx, licence, 10))).Count);
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => host.Db.Write(tx => LicenceStore.Draw(tx, licence, use.ShipmentId, "permitted", host.Now)));
    }

    [Fact]
    public async Task The_ledger_is_never_edited_nor_deleted()
    {
        var licence = await Register();
        await host.Db.Write(tx => LicenceStore.Reserve(tx, licence, LicenceOfTests.Use(1, 1), "released", host.Now));

        foreach (var sql in (string[])["update licence_movements set quantity = 2", "delete from licence_movements"])
            await Assert.ThrowsAnyAsync<Exception>(() => host.Db.Write(tx => tx.Execute(sql)));
    }

    private async Task<Guid> Register()
    {
        var number = $"L-{Interlocked.Increment(ref numbers)}";
        return Guid.Parse(
            (
                await host.Licences("anna", "analyst").RegisterLicenceAsync(
                    new RegisterLicenceRequest { Licence = LicenceOfTests.Message(number) })).Uid);
    }

    private async Task<bool> Real(Guid licence, Verb verb, Guid shipment, long quantity, long cents)
    {
        try
        {
            await host.Db.Write(tx => verb switch
            {
                Verb.Reserve => LicenceStore.Reserve(tx, licence, LicenceOfTests.Use(quantity, cents, shipment), "released", host.Now),
                Verb.Draw => LicenceStore.Draw(tx, licence, shipment, "permitted", host.Now),
                _ => LicenceStore.GiveBack(tx, licence, shipment, "returned", host.Now),
            });
            return true;
        }
        catch (Exception refused) when (refused is Refusal or InvalidOperationException)
        {
            return false;
        }
    }

    private static long Cents(Google.Type.Money money) => (money.Units * 100) + (money.Nanos / 10_000_000);

    private static (long Reserved, long Drawn) Replayed(IEnumerable<LicenceMovement> movements)
    {
        var (reserved, drawn) = (0L, 0L);
        foreach (var movement in movements)
            (reserved, drawn) = movement.Kind switch
            {
                LicenceMovement.Types.Kind.Reserved => (reserved + movement.Quantity, drawn),
                LicenceMovement.Types.Kind.Drawn => (reserved - movement.Quantity, drawn + movement.Quantity),
                LicenceMovement.Types.Kind.ReservationReturned => (reserved - movement.Quantity, drawn),
                _ => (reserved, drawn - movement.Quantity),
            };
        return (reserved, drawn);
    }

    /// <summary>100 units and USD 5,000 with a tolerance of 10 %, in the shortest way to say it.</summary>
    private sealed class Model
    {
        private readonly Dictionary<int, (bool Drawn, long Quantity, long Cents)> held = [];

        public long Reserved => held.Values.Where(one => !one.Drawn).Sum(one => one.Quantity);

        public long Drawn => held.Values.Where(one => one.Drawn).Sum(one => one.Quantity);

        public long Cents => held.Values.Sum(one => one.Cents);

        public bool Take(Verb verb, int shipment, long quantity, long cents)
        {
            var has = held.TryGetValue(shipment, out var own);
            switch (verb)
            {
                case Verb.GiveBack:
                    held.Remove(shipment);
                    return true;
                case Verb.Draw:
                    if (has)
                        held[shipment] = own with { Drawn = true };
                    return has;
                default:
                    if (own.Drawn || Reserved + Drawn - own.Quantity + quantity > 100 || Cents - own.Cents + cents > 5_500_00)
                        return false;
                    held[shipment] = (false, quantity, cents);
                    return true;
            }
        }
    }
}
