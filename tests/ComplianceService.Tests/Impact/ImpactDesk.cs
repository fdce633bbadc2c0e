using Google.LongRunning;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.ComplianceService.Tests.Service;
using OrderTracking.Types.V1;
using Xunit;
using ImpactApi = OrderTracking.Compliance.V1.ImpactService;
using Pure = OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Tests.Impact;

/// <summary>An analyst who asks what drafts would do.</summary>
internal sealed class ImpactDesk(ComplianceHost host)
{
    public const string NoRule = "L2";

    public ImpactApi.ImpactServiceClient Ana { get; } = host.As<ImpactApi.ImpactServiceClient>("ana", "analyst");

    public Operations.OperationsClient Operations { get; } = host.As<Operations.OperationsClient>("ana", "analyst");

    /// <summary>An amendment that wants a licence for what goes to a country.</summary>
    public static string Forbids(string destination, string effective = "always", string sentence = "Such a shipment needs a licence.") => $$"""
        status: IN_FORCE
        effective: {{effective}}
        scope: { destination: [{{destination}}] }
        item: any
        policy: CASE_BY_CASE
        citation: none, a test
        source: none, a test
        certainty: unconfirmed
        sentence: {{sentence}}
        """;

    public static AmendmentDraft Draft(string rule, string definition) => new() { Rule = $"rules/{rule}", Title = "A draft", Definition = definition };

    public async Task<Operation> Start(AmendmentDraft draft) => await Ana.SimulateAmendmentAsync(new SimulateAmendmentRequest { Inline = draft });

    public async Task<SimulateAmendmentResponse> Simulated(Operation operation) => await Ended<SimulateAmendmentResponse>(operation);

    public async Task<TResponse> Ended<TResponse>(Operation operation)
        where TResponse : class, IMessage<TResponse>, new()
    {
        var ended = await End(operation);
        Assert.True(ended.Error is null, $"{ended.Error}");
        return ended.Response.Unpack<TResponse>();
    }

    public async Task<Operation> End(Operation operation)
    {
        while (!operation.Done)
            operation = await Operations.WaitOperationAsync(new WaitOperationRequest { Name = operation.Name });
        return operation;
    }

    /// <summary>Waits until something is done and stored, and not everything.</summary>
    public async Task<JobMetadata> Begun(Operation operation) => await ComplianceHost.Eventually(
        async () =>
        {
            var metadata = (await Operations.GetOperationAsync(new GetOperationRequest { Name = operation.Name })).Metadata.Unpack<JobMetadata>();
            return metadata.Done > 0 ? metadata : null;
        },
        $"{operation.Name} gets on");

    public async Task<IReadOnlyList<ImpactRow>> Rows(
        Operation operation, ImpactRow.Types.Direction direction = ImpactRow.Types.Direction.Unspecified, long after = 0)
    {
        using var call = Ana.StreamImpactRows(new StreamImpactRowsRequest { Operation = operation.Name, Direction = direction, AfterRow = after });
        var rows = new List<ImpactRow>();
        await foreach (var row in call.ResponseStream.ReadAllAsync())
            rows.Add(row);
        return rows;
    }

    /// <summary>Many open shipments, decided already; each tenth goes to Germany, the rest to Italy.</summary>
    public async Task Fill(int count)
    {
        const int batch = 2_000;
        foreach (var chunk in Enumerable.Range(0, count).Chunk(batch))
        {
            await host.Db.Write(async tx =>
            {
                foreach (var number in chunk)
                    await ShipmentStore.Insert(tx, Shipment(number));
            });
        }
    }

    private static KnownShipment Shipment(int number) => new()
    {
        Id = Guid.CreateVersion7(),
        OrderId = Guid.CreateVersion7(),
        Sequence = 1,
        Revision = 1,
        ScreenedRevision = 1,
        Phase = ShipmentPhase.Open,
        Standing = "READY",
        Outcome = "CLEARED",
        Facts = new Pure.ShipmentFacts(
            new Pure.Item(NoRule),
            "NVIDIA",
            new Pure.PlaceOfExport("US", "America/Los_Angeles"),
            number % 10 == 0 ? "DE" : "IT",
            Pure.Movement.Export,
            [new Pure.Party(
                Pure.PartyRole.EndUser, $"Buyer {number % 1_000}", "IT", "IT", Pure.UltimateParent.None)],
            new DateOnly(2027, 3, 1),
            10,
            new Pure.DeclaredValue("USD", 120_000, 0)),
    };
}
