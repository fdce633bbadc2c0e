using Grpc.Core;
using OrderTracking.Compliance.V1;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Licences;

internal sealed class LicencesGrpcService(RegisterLicence register, ReadLicences read) : LicenceService.LicenceServiceBase
{
    public override Task<V1.Licence> RegisterLicence(RegisterLicenceRequest request, ServerCallContext context) =>
        register.Answer(request, context);

    public override Task<GetLicenceResponse> GetLicence(GetLicenceRequest request, ServerCallContext context) => read.Get(request, context);

    public override Task<ListLicencesResponse> ListLicences(ListLicencesRequest request, ServerCallContext context) =>
        read.List(request, context);
}
