using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderTracking.Compliance.V1;
using ComplianceApi = OrderTracking.Compliance.V1.ComplianceService;

namespace OrderTracking.ShipmentService.Tests.Service;

/// <summary>Compliance on a socket of its own, answering as a test says: the same permit for the same request_id, as the real one.</summary>
internal sealed class FakeCompliance : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeCompliance(WebApplication app) => _app = app;

    public string Address { get; private set; } = "";

    /// <summary>What is answered to the next questions.</summary>
    public Func<AuthorizeDispatchRequest, ServerCallContext, Task<Permit>> Answer { get; set; } = (request, _) => Task.FromResult(PermitFor(request));

    /// <summary>Every question asked, in order.</summary>
    public ConcurrentQueue<AuthorizeDispatchRequest> Questions { get; } = new();

    /// <summary>Permits granted, by request_id.</summary>
    public ConcurrentDictionary<string, Permit> Permits { get; } = new();

    public static async Task<FakeCompliance> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        FakeCompliance? compliance = null;
        builder.Services.AddSingleton(_ => new Scripted(() => compliance!));
        var app = builder.Build();
        app.MapGrpcService<Scripted>();
        compliance = new FakeCompliance(app);
        await app.StartAsync();
        compliance.Address = app.Urls.Single();
        return compliance;
    }

    /// <summary>The permit of a question; the same one for the same request_id.</summary>
    public void Grant() => Answer = (request, _) => Task.FromResult(
        request.ValidateOnly ? PermitFor(request) : Permits.GetOrAdd(request.RequestId, _ => PermitFor(request)));

    public void Fail(
        StatusCode code, string detail = "as scripted") => Answer = (_, _) => throw new RpcException(new Grpc.Core.Status(code, detail));

    /// <summary>Refuses for legal reasons, one violation a rule.</summary>
    public void Refuse(string standing, long screeningNumber, params string[] rules) =>
        Answer = (_, _) => throw Refusal("DISPATCH_REFUSED", StatusCode.FailedPrecondition, standing, screeningNumber, rules);

    public void FailWithReason(string reason, StatusCode code) => Answer = (_, _) => throw Refusal(reason, code, "", 0, []);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    public static Permit PermitFor(AuthorizeDispatchRequest request)
    {
        var id = Guid.CreateVersion7(Given.Now);
        return new Permit
        {
            Name = $"permits/{id}",
            Uid = id.ToString(),
            State = Permit.Types.State.Granted,
            Shipment = request.Shipment,
            ShipmentRevision = request.ShipmentRevision,
            Order = request.Order,
            ShipDate = request.Facts.ShipDate,
            RequestId = request.RequestId,
        };
    }

    private static RpcException Refusal(string reason, StatusCode code, string standing, long screeningNumber, string[] rules)
    {
        var info = new ErrorInfo { Domain = "ordertracking", Reason = reason };
        info.Metadata["decision"] = $"decisions/{Guid.CreateVersion7(Given.Now)}";
        info.Metadata["standing"] = standing;
        info.Metadata["screening_number"] = screeningNumber.ToString(CultureInfo.InvariantCulture);
        info.Metadata["reasons"] = string.Join(',', rules);
        var failure = new PreconditionFailure();
        failure.Violations.Add(rules.Select(
            rule => new PreconditionFailure.Types.Violation { Type = "PROHIBITED", Subject = rule, Description = $"{rule} fired" }));
        return new Google.Rpc.Status
        {
            Code = (int)code,
            Message = "refused",
            Details = { Any.Pack(info), Any.Pack(failure) },
        }.ToRpcException();
    }

    private sealed class Scripted(Func<FakeCompliance> compliance) : ComplianceApi.ComplianceServiceBase
    {
        public override Task<Permit> AuthorizeDispatch(AuthorizeDispatchRequest request, ServerCallContext context)
        {
            Assert.StartsWith("Bearer ", context.RequestHeaders.GetValue("authorization"), StringComparison.Ordinal);
            compliance().Questions.Enqueue(request);
            return compliance().Answer(request, context);
        }
    }
}
