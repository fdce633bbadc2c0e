using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Shipments;

namespace OrderTracking.ComplianceService.Recheck;

/// <summary>Some shipments of a run, as one snapshot had them: what was found of each.</summary>
/// <param name="last">The seq of the last of them.</param>
/// <param name="isEmpty">There was none.</param>
internal sealed class SweepPart(long last, bool isEmpty)
{
    private readonly List<Again> _again = [];
    private readonly List<Confirmation> _standing = [];
    private readonly Dictionary<long, Guid> _ids = [];

    public long Last => last;

    public bool IsEmpty => isEmpty;

    /// <summary>Those not departed or closed.</summary>
    public long Shipments { get; private set; }

    /// <summary>What they were decided with.</summary>
    public KnowledgeHead? Head { get; private set; }

    /// <summary>To be decided in a transaction.</summary>
    public IReadOnlyList<Again> Again => _again;

    /// <summary>They stand, but something of their row moves, such as the day they are decided for.</summary>
    public IReadOnlyList<Confirmation> Standing => _standing;

    public Guid IdOf(long seq) => _ids[seq];

    /// <summary>Passes over what stands; returns the seqs of what has to be looked at with its holds.</summary>
    public IReadOnlyList<long> Take(IReadOnlyList<NarrowRow> rows, Unchanged unchanged)
    {
        var rest = new List<long>();
        foreach (var row in rows)
        {
            if (row.IsHere == 0)
                continue;
            Shipments++;
            try
            {
                if (!unchanged.Is(row))
                    rest.Add(row.Seq);
            }
#pragma warning disable CA1031 // Whatever it is, its transaction meets it too and tells of it; the others go on meanwhile.
            catch (Exception)
#pragma warning restore CA1031
            {
                _again.Add(new Again(Guid.Parse(row.Id)));
            }
        }

        return rest;
    }

    /// <summary>Its transaction meets what is wrong with it too, and tells of it.</summary>
    public void Unreadable(Guid id) => _again.Add(new Again(id));

    public void Take(KnownShipment shipment, IReadOnlyList<Hold> holds, KnowledgeHead head, DateTimeOffset now)
    {
        Head = head;
        try
        {
            var verdict = shipment.Phase == ShipmentPhase.Open ? Confirmation.Decide(shipment, head, now) : null;
            if (verdict is not null && Confirmation.Of(shipment, holds, verdict) is { } standing)
            {
                _standing.Add(standing);
                _ids.Add(shipment.Seq, shipment.Id);
            }
            else
                _again.Add(new Again(shipment.Id, shipment, verdict));
        }
#pragma warning disable CA1031 // As above.
        catch (Exception)
#pragma warning restore CA1031
        {
            _again.Add(new Again(shipment.Id));
        }
    }
}
