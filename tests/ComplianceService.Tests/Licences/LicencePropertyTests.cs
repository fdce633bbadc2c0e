using CsCheck;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Licences;
using OrderTracking.ComplianceService.Tests.Registers;
using Xunit;
using Licence = OrderTracking.Compliance.V1.Licence;
using LicenceLine = OrderTracking.Compliance.V1.LicenceLine;

namespace OrderTracking.ComplianceService.Tests.Licences;

/// <summary>Whatever is reserved, drawn, given back, amended, suspended or revoked in whatever order, against a model told the same.</summary>
public sealed class LicencePropertyTests(RegistersHost host) : IClassFixture<RegistersHost>
{
    private const int Shipments = 4;
    private static int numbers;

    private enum Verb
    {
        Reserve,
        Draw,
        GiveBack,
        Amend,
        Suspend,
        Resume,
        Revoke,
    }

    private sealed record Step(Verb Verb, int Shipment, long Quantity, long Cents, int Percent);

    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.Frequency(
            (8, Gen.Const(Verb.Reserve)), (4, Gen.Const(Verb.Draw)), (4, Gen.Const(Verb.GiveBack)), (4, Gen.Const(Verb.Amend)), (1, Gen.Const(Verb.Suspend)),
            (2, Gen.Const(Verb.Resume))),
        Gen.Int[0, Shipments - 1], Gen.Long[1, 40], Gen.Long[1, 900_00], Gen.Int[0, 30],
        (verb, shipment, quantity, cents, percent) => new Step(verb, shipment, quantity, cents, percent));

    [Fact]
    public async Task A_licence_never_goes_negative_nor_over_and_its_ledger_sums_to_its_balance() =>
        await Gen.Select(Steps.Array[1, 40], Gen.Bool).SampleAsync(
            async (steps, ends) =>
            {
                var licence = await Register();
                var model = new Model();
                var shipments = Enumerable.Range(0, Shipments).Select(_ => Guid.CreateVersion7(DateTimeOffset.UnixEpoch)).ToArray();
                var last = new Step(Verb.Revoke, 0, 1, 1, 0);
                foreach (var step in ends ? [.. steps, last, steps[0]] : steps)
                {
                    Assert.Equal(model.Take(step), await Real(licence, step, shipments[step.Shipment]));
                    await Agree(licence, model);
                }
            },
            iter: 25, threads: 1);

    private async Task Agree(Licence licence, Model model)
    {
        var read = await host.Licences("reader", "auditor").GetLicenceAsync(new GetLicenceRequest { Name = licence.Name });
        var line = read.Licence.Lines[0];
        Assert.Equal((model.Reserved, model.Drawn, model.Cents), (line.ReservedQuantity, line.DrawnQuantity, Cents(line.UsedValue)));
        Assert.Equal((model.Quantity, model.Limit), (line.Quantity, Cents(line.ValueLimit)));
        Assert.True(line.ReservedQuantity >= 0 && line.DrawnQuantity >= 0 && line.ReservedQuantity + line.DrawnQuantity <= line.Quantity);
        Assert.InRange(Cents(line.UsedValue), 0, Cents(line.ValueLimit));
        Assert.Equal((model.Reserved, model.Drawn, model.Cents), Replayed(read.Movements));
        Assert.Equal(Enumerable.Range(1, read.Movements.Count), read.Movements.Select(movement => (int)movement.Sequence));
    }

    // Two people take turns, so that no widening is refused for who asks for it.
    private async Task<bool> Real(Licence licence, Step step, Guid shipment)
    {
        var id = Guid.Parse(licence.Uid);
        try
        {
            await (step.Verb switch
            {
                Verb.Reserve => host.Db.Write(tx => LicenceStore.Reserve(tx, id, LicenceOfTests.Use(step.Quantity, step.Cents, shipment), "released", host.Now)),
                Verb.Draw => host.Db.Write(tx => LicenceStore.Draw(tx, id, shipment, "permitted", host.Now)),
                Verb.GiveBack => host.Db.Write(tx => LicenceStore.GiveBack(tx, id, shipment, "returned", host.Now)),
                Verb.Suspend => host.Licences("olga").SuspendLicenceAsync(new SuspendLicenceRequest { Name = licence.Name, Reason = "stop" }).ResponseAsync,
                Verb.Resume => host.Licences("omar").ResumeLicenceAsync(new ResumeLicenceRequest { Name = licence.Name }).ResponseAsync,
                Verb.Revoke => host.Licences("olga").RevokeLicenceAsync(new RevokeLicenceRequest { Name = licence.Name, Reason = "over" }).ResponseAsync,
                _ => Amend(licence, step),
            });
            return true;
        }
        catch (Exception refused) when (refused is Refusal or InvalidOperationException or RpcException { StatusCode: StatusCode.FailedPrecondition })
        {
            return false;
        }
    }

    private async Task Amend(Licence licence, Step step)
    {
        var stated = (await host.Licences("reader", "auditor").GetLicenceAsync(new GetLicenceRequest { Name = licence.Name })).Licence;
        var terms = new Licence { Name = licence.Name, ValueTolerancePercent = step.Percent };
        terms.Lines.Add(new LicenceLine { Number = 1, PartNumber = "H20", Quantity = step.Quantity * 3, Value = Money(step.Cents * 3) });
        await host.Licences(stated.StatedBy == "olga" ? "omar" : "olga").AmendLicenceAsync(new AmendLicenceRequest { Licence = terms, Reason = "amended" });
    }

    private async Task<Licence> Register()
    {
        var message = LicenceOfTests.Message($"M-{Interlocked.Increment(ref numbers)}");
        message.Lines.RemoveAt(1);
        return await host.Licences("anna", "analyst").RegisterLicenceAsync(new RegisterLicenceRequest { Licence = message });
    }

    private static Google.Type.Money Money(long cents) => new() { CurrencyCode = "USD", Units = cents / 100, Nanos = (int)(cents % 100) * 10_000_000 };

    private static long Cents(Google.Type.Money money) => (money.Units * 100) + (money.Nanos / 10_000_000);

    private static (long Reserved, long Drawn, long Cents) Replayed(IEnumerable<LicenceMovement> movements)
    {
        var (reserved, drawn, cents) = (0L, 0L, 0L);
        foreach (var movement in movements)
            (reserved, drawn, cents) = movement.Kind switch
            {
                LicenceMovement.Types.Kind.Reserved => (reserved + movement.Quantity, drawn, cents + Cents(movement.Value)),
                LicenceMovement.Types.Kind.Drawn => (reserved - movement.Quantity, drawn + movement.Quantity, cents),
                LicenceMovement.Types.Kind.ReservationReturned => (reserved - movement.Quantity, drawn, cents - Cents(movement.Value)),
                _ => (reserved, drawn - movement.Quantity, cents - Cents(movement.Value)),
            };
        return (reserved, drawn, cents);
    }

    /// <summary>100 units and USD 5,000 with a tolerance of 10 % to begin with, in the shortest way to say it.</summary>
    private sealed class Model
    {
        private readonly Dictionary<int, (bool Drawn, long Quantity, long Cents)> held = [];
        private string state = "ACTIVE";

        public long Quantity { get; private set; } = 100;

        public long Limit { get; private set; } = 5_500_00;

        public long Reserved => held.Values.Where(one => !one.Drawn).Sum(one => one.Quantity);

        public long Drawn => held.Values.Where(one => one.Drawn).Sum(one => one.Quantity);

        public long Cents => held.Values.Sum(one => one.Cents);

        public bool Take(Step step)
        {
            var has = held.TryGetValue(step.Shipment, out var own);
            switch (step.Verb)
            {
                case Verb.Suspend:
                    return Move("ACTIVE", "SUSPENDED");
                case Verb.Resume:
                    return Move("SUSPENDED", "ACTIVE");
                case Verb.Revoke:
                    state = "REVOKED";
                    return true;
                case Verb.Amend:
                    return Amend(step);
                case Verb.GiveBack:
                    held.Remove(step.Shipment);
                    return true;
                case Verb.Draw:
                    if (has)
                        held[step.Shipment] = own with { Drawn = true };
                    return has;
                default:
                    return Reserve(step, own);
            }
        }

        private bool Move(string from, string to)
        {
            var moves = state == from;
            state = moves ? to : state;
            return moves;
        }

        private bool Amend(Step step)
        {
            var (quantity, limit) = (step.Quantity * 3, step.Cents * 3 * (100 + step.Percent) / 100);
            if (state == "REVOKED" || quantity < Reserved + Drawn || limit < Cents)
                return false;
            (Quantity, Limit) = (quantity, limit);
            return true;
        }

        private bool Reserve(Step step, (bool Drawn, long Quantity, long Cents) own)
        {
            var fits = Reserved + Drawn - own.Quantity + step.Quantity <= Quantity && Cents - own.Cents + step.Cents <= Limit;
            if (state != "ACTIVE" || own.Drawn || !fits)
                return false;
            held[step.Shipment] = (false, step.Quantity, step.Cents);
            return true;
        }
    }
}
