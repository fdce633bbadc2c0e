using Google.Protobuf.WellKnownTypes;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.Wire;
using Outcome = OrderTracking.ComplianceService.Screening.Outcome;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Outlook.Windows;

/// <summary>Answers on which ship dates goods would be cleared, held and blocked.</summary>
internal sealed class GetShippingWindows(Knowledge knowledge, OutlookSubjects subjects)
{
    public async Task<GetShippingWindowsResponse> Answer(GetShippingWindowsRequest request, CancellationToken cancellation)
    {
        var violations = new Violations();
        var asked = OutlookSubjects.Parse(request.Shipment, request.Facts, violations);
        var instant = CheckShipment.ParseInstant(request.KnownAt, "known_at", violations);
        var from = WireDate.ParseOptional(request.FromDate, "from_date", violations);
        var to = WireDate.ParseOptional(request.ToDate, "to_date", violations);
        if (from > to)
            violations.Add("to_date", OutlookReasons.DatesReversed, Canonical.Date(to), "from_date or a later day");
        violations.ThrowIfAny();
        var subject = await subjects.Find(asked, cancellation);
        var (head, knownAt) = await knowledge.AsOf(instant, cancellation);
        var windows = ShippingWindows.Of(head, subject.Facts, knownAt);
        var response = Measured(windows, subject.From);
        response.KnownAt = Timestamp.FromDateTimeOffset(knownAt);
        response.Windows.AddRange(windows.All.Where(window => Touches(window, from, to)).Select(Of));
        return response;
    }

    private static GetShippingWindowsResponse Measured(ShippingWindows windows, DateOnly from)
    {
        var (here, next) = (windows.At(from), windows.After(from));
        var isLawful = here.Outcome == Outcome.Cleared;
        var response = new GetShippingWindowsResponse
        {
            MeasuredFrom = WireDate.Of(from),
            Outcome = WireCodes.Of(here.Outcome),
            LastLawfulDate = isLawful ? WireDate.Of(here.Last) : null,
            LawfulWithoutEnd = isLawful && here.Last is null,
            NextChangeDate = WireDate.Of(next?.First),
            NextOutcome = next is null ? V1.Outcome.Unspecified : WireCodes.Of(next.Outcome),
        };
        response.Notices.AddRange(here.Decision.Notices);
        return response;
    }

    private static bool Touches(ShippingWindow window, DateOnly? from, DateOnly? to) =>
        (from is null || window.Last is null || window.Last >= from) && (to is null || window.First is null || window.First <= to);

    private static V1.ShippingWindow Of(ShippingWindow window)
    {
        var message = new V1.ShippingWindow
        {
            FirstDate = WireDate.Of(window.First),
            LastDate = WireDate.Of(window.Last),
            Outcome = WireCodes.Of(window.Outcome),
        };
        message.Findings.AddRange(window.Decision.Findings.Select(DecisionMapping.Of));
        return message;
    }
}
