using OrderTracking.BuildingBlocks.Data;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.Wire;

namespace OrderTracking.ComplianceService.Outlook.Expedite;

/// <summary>Lists what may leave today and not on its planned day. Reads only; what it answers with is decided while it is asked.</summary>
internal sealed class ListExpeditable(ComplianceDb db, Knowledge knowledge, TimeProvider clock)
{
    private const int BatchRowsMax = 5_000;

    public async Task<ListExpeditableResponse> Answer(ListExpeditableRequest request, CancellationToken cancellation)
    {
        var asked = ExpediteRequest.Parse(request);
        var (found, behind) = await db.Read(tx => Find(tx, asked), cancellation);
        found.Sort((a, b) => a.Place.CompareTo(b.Place));
        var rest = found.Where(one => asked.After is null || one.Place.CompareTo(asked.After) > 0).Take(asked.PageSize + 1).ToList();
        var page = rest.Take(asked.PageSize).ToList();
        var response = new ListExpeditableResponse
        {
            NextPageToken = rest.Count > page.Count ? page[^1].Place.Write() : "",
            TotalSize = found.Count,
            UndecidedCount = behind,
        };
        response.Shipments.AddRange(page.Select(one => Of(one, asked.LeadDays)));
        return response;
    }

    private async Task<(List<Expeditable> Found, long Behind)> Find(Tx tx, ExpediteRequest asked)
    {
        var head = await knowledge.Current(tx);
        var judge = new Expediting(head, clock.GetUtcNow());
        var stopped = await ExpediteStore.Stopped(tx);
        var found = new List<Expeditable>();
        var after = 0L;
        while (true)
        {
            var rows = await ExpediteStore.Held(tx, asked.PartNumber, asked.Order, after, BatchRowsMax);
            foreach (var row in rows)
                if (!stopped.Contains(Names.Shipment(row.ShipmentId)) && StoredFacts.Read(row.Facts) is var facts && asked.Wants(facts)
                    && judge.Judge(row, facts, asked.Digest) is { } one)
                    found.Add(one);
            if (rows.Count < BatchRowsMax)
                return (found, await ExpediteStore.Behind(tx, head.Version));
            after = rows[^1].Seq;
        }
    }

    private static ExpeditableShipment Of(Expeditable one, int leadDays)
    {
        var action = one.Place.LastLawful.AddDays(-leadDays);
        var message = new ExpeditableShipment
        {
            Shipment = Names.Shipment(one.ShipmentId),
            Order = Names.Order(one.OrderId),
            PartNumber = one.Facts.Item.PartNumber,
            DestinationCountry = one.Facts.DestinationCountry,
            Customer = ExpediteRequest.CustomerOf(one.Facts),
            Quantity = one.Facts.Quantity ?? 0,
            Value = one.Facts.Value is { } value ? WireMoney.Of(FactsMapping.Of(value)) : null,
            PlannedShipDate = WireDate.Of(one.Facts.ShipDate),
            PlannedOutcome = WireCodes.Of(one.Planned.Outcome),
            Today = WireDate.Of(one.Today),
            LastLawfulDate = WireDate.Of(one.Place.LastLawful),
            RequiredActionDate = WireDate.Of(action),
            ActionOverdue = action < one.Today,
        };
        message.Rules.AddRange(one.Planned.Findings.Select(finding => finding.Rule));
        return message;
    }
}
