using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Outlook.Expedite;
using OrderTracking.ComplianceService.Outlook.Remedies;
using OrderTracking.ComplianceService.Outlook.Windows;
using OutlookApi = OrderTracking.Compliance.V1.OutlookService;

namespace OrderTracking.ComplianceService.Outlook;

/// <summary>Questions about other days and other facts.</summary>
internal sealed class OutlookGrpcService(GetShippingWindows windows, ListExpeditable expeditable, FindRemedies remedies)
    : OutlookApi.OutlookServiceBase
{
    public override Task<GetShippingWindowsResponse> GetShippingWindows(GetShippingWindowsRequest request, ServerCallContext context) =>
        windows.Answer(request, context.CancellationToken);

    public override Task<ListExpeditableResponse> ListExpeditable(ListExpeditableRequest request, ServerCallContext context) =>
        expeditable.Answer(request, context.CancellationToken);

    public override Task<FindRemediesResponse> FindRemedies(FindRemediesRequest request, ServerCallContext context) =>
        remedies.Answer(request, context.CancellationToken);
}
