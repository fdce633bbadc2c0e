using CsCheck;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ShipmentService.Changes;
using OrderTracking.ShipmentService.Dispatches;
using OrderTracking.ShipmentService.Milestones;
using OrderTracking.ShipmentService.OrderChanges;
using OrderTracking.ShipmentService.Shipments;

namespace OrderTracking.ShipmentService.Tests.Pure;

/// <summary>Random sequences of everything that can happen to the shipments of one order, in any order.</summary>
public sealed class ShipmentModelTests
{
    private static readonly Gen<(int Command, int Which, int Number)[]> Commands =
        Gen.Select(Gen.Int[0, World.CommandsMax], Gen.Int[0, 7], Gen.Int[0, 120]).Array[1, 80];

    [Fact]
    public void Whatever_happens_no_more_leaves_than_was_ordered_nothing_leaves_twice_and_every_dispatch_ends() =>
        Commands.Sample(
            commands =>
            {
                var world = new World();
                foreach (var (command, which, number) in commands)
                    world.Run(command, which, number);
                world.AnswerEverything();
                Assert.DoesNotContain(world.Shipments, shipment => shipment.State == ShipmentState.Dispatching);
            },
            iter: 3_000);

    [Fact]
    public void The_commands_reach_every_state()
    {
        var reached = new HashSet<ShipmentState>();
        Commands.Sample(
            commands =>
            {
                var world = new World();
                foreach (var (command, which, number) in commands)
                    world.Run(command, which, number);
                lock (reached)
                    reached.UnionWith(world.Reached);
            },
            iter: 1_000);
        Assert.Equal(Enum.GetValues<ShipmentState>(), reached.Order());
    }

    private sealed class World
    {
        // Twelve commands; the numbers above them make the way to delivery likelier than it would be by chance.
        public const int CommandsMax = 19;
        private readonly Guid _order = Given.NewId();
        private readonly Dictionary<Guid, Shipment> _shipments = [];
        private readonly HashSet<Guid> _left = [];
        private PlannedOrder _known;
        private long _ordered = 100;

        public World()
        {
            var order = Given.Order(_order, 1, Given.Line());
            _known = Given.Known(order);
            Take(OrderPlan.Follow(null, [], order, null, Given.Stamp));
        }

        public IEnumerable<Shipment> Shipments => _shipments.Values;

        public HashSet<ShipmentState> Reached { get; } = [];

        public void Run(int command, int which, int number)
        {
            var shipment = _shipments.Values.ElementAt(which % _shipments.Count);
            try
            {
                Take(StepsOf(command, shipment, which, number));
            }
            catch (Refusal)
            {
                // A refused command changes nothing, which the invariants of the next one would show.
            }
        }

        public void AnswerEverything()
        {
            foreach (var shipment in _shipments.Values.Where(shipment => shipment.State == ShipmentState.Dispatching).ToList())
                Take([DispatchRules.NotDecided(shipment, shipment.AttemptId!.Value, Given.Stamp)]);
        }

        private IReadOnlyList<ShipmentStep> StepsOf(int command, Shipment shipment, int which, int number) => command switch
        {
            0 => SplitShipment.Split(shipment, number + 1, null, Given.NewId(), "split", Given.Stamp),
            1 => RescheduleShipment.Reschedule(
                shipment, new NewDates(Given.ShipDate.AddDays(number), null, null), "move", "erp", Given.Stamp),
            2 => number < 20 ? [CancelShipment.Cancel(shipment, "cancel", Given.Stamp)] : [],
            3 or 12 or 13 or 14 => Screen(shipment, which, number),
            4 or 5 or 15 => [DispatchRules.Begin(shipment, Given.NewId(), Given.Stamp)],
            6 or 16 or 17 => Answer(shipment, which, number),
            7 => Optional(DispatchRules.Recall(shipment, shipment.PermitId ?? Guid.Empty, "revoked", Given.Stamp)),
            8 or 18 or 19 => [Journey.Record(shipment, new ReportedMilestone(
                (MilestoneKind)(number % 5), Given.Now.AddHours(-number), null, null, which % 3), Given.Stamp)],
            9 => number < 40 ? [ReturnShipment.Return(shipment, "back", Given.Stamp)] : [],
            10 => Amend(number),
            _ => number < 3 ? OrderPlan.CancelAll([.. _shipments.Values], "cancel", Given.Stamp) : [],
        };

        private static IReadOnlyList<ShipmentStep> Screen(Shipment shipment, int which, int number)
        {
            ShipmentState[] standings = [ShipmentState.Ready, ShipmentState.Ready, ShipmentState.Held, ShipmentState.Blocked];
            var revision = Math.Max(1, shipment.Revision - (which % 2));
            return Optional(ScreenShipment.Apply(
                shipment, Given.Screening(shipment.ScreeningNumber + (number / 4 % 5) - 1, standings[number % 4], revision), Given.Stamp));
        }

        private static IReadOnlyList<ShipmentStep> Answer(Shipment shipment, int which, int number)
        {
            if (shipment.AttemptId is not { } attempt)
                return [];
            return (which % 4) switch
            {
                0 or 1 => DispatchRules.Grant(
                    shipment, Given.Attempt(shipment, attempt), Given.NewId(), revoked: number % 5 == 0, Given.Stamp),
                2 => [DispatchRules.Refuse(shipment, attempt, Given.Screening(
                    shipment.ScreeningNumber + (number % 3) - 1, ShipmentState.Held, shipment.Revision), Given.Stamp)],
                _ => [DispatchRules.NotDecided(shipment, attempt, Given.Stamp)],
            };
        }

        private IReadOnlyList<ShipmentStep> Amend(int number)
        {
            var order = Given.Order(
                _order, _known.Revision + 1, Given.Line(quantity: number + 1, shipDate: Given.ShipDate.AddDays(number % 3)));
            var steps = OrderPlan.Follow(_known, [.. _shipments.Values], order, "amend", Given.Stamp);
            _known = Given.Known(order);
            _ordered = number + 1;
            return steps;
        }

        private static IReadOnlyList<ShipmentStep> Optional(ShipmentStep? step) => step is null ? [] : [step];

        private void Take(IReadOnlyList<ShipmentStep> steps)
        {
            foreach (var step in steps)
            {
                CheckStep(step);
                _shipments[step.After.Id] = step.After;
                Reached.Add(step.After.State);
            }

            var live = _shipments.Values.Where(shipment => shipment.State != ShipmentState.Cancelled).Sum(shipment => shipment.Quantity);
            Assert.True(live <= _ordered, $"{live} units are planned or gone, {_ordered} were ordered");
        }

        private void CheckStep(ShipmentStep step)
        {
            if (step.Before is not { } before)
            {
                Assert.Equal((1L, 1L, ShipmentState.Planned), (step.After.Sequence, step.After.Revision, step.After.State));
                return;
            }

            Assert.Equal(_shipments[before.Id], before);
            Assert.Equal(before.Sequence + 1, step.After.Sequence);
            Assert.InRange(step.After.Revision, before.Revision, before.Revision + 1);
            Assert.False(before.State == ShipmentState.Dispatching && step.After.Revision != before.Revision, "facts changed under the question for a permit");
            Assert.False(before.IsGone && !step.After.IsGone, "what left our hands is open again");
            Assert.False(before.State == ShipmentState.Cancelled, "a cancelled shipment changed");
            Assert.True(step.After.Quantity > 0);
            if (step.News is ShipmentNews.Dispatched)
                Assert.True(
                    before.State == ShipmentState.Dispatching && _left.Add(before.Id), "dispatched twice, or without a permit asked for");
            if (step.After.State == ShipmentState.Dispatching && before.State != ShipmentState.Dispatching)
                Assert.Equal((ShipmentState.Ready, ShipmentState.Ready), (before.State, before.Standing));
        }
    }
}
