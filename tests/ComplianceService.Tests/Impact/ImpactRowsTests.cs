using Google.LongRunning;
using Google.Rpc;
using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Impact;

public sealed class ImpactRowsTests : IAsyncLifetime
{
    private const string Unknown = "operations/0190a0b0-0000-7000-8000-000000000001";
    private ComplianceHost _host = null!;
    private ImpactDesk _desk = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ComplianceHost.Start("2027-02-01T12:00:00Z");
        _desk = new ImpactDesk(_host);
        await _desk.Fill(100);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Rows_are_listed_by_pages_and_filtered()
    {
        var operation = await _desk.Start(ImpactDesk.Draft("TEST-GERMANY", ImpactDesk.Forbids("DE")));
        await _desk.Simulated(operation);
        var request = new ListImpactRowsRequest { Operation = operation.Name, PageSize = 4, Filter = "destination_country = DE AND units >= 10" };
        var rows = new List<long>();
        do
        {
            var page = await _desk.Ana.ListImpactRowsAsync(request);
            Assert.True(page.Complete);
            rows.AddRange(page.Rows.Select(row => row.Row));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], rows);
        Assert.Empty((await _desk.Ana.ListImpactRowsAsync(new() { Operation = operation.Name, Filter = "direction = LOOSENED" })).Rows);
    }

    [Fact]
    public async Task Rows_of_one_simulation_are_not_those_of_another()
    {
        var one = await _desk.Start(ImpactDesk.Draft("TEST-GERMANY", ImpactDesk.Forbids("DE")));
        var other = await _desk.Start(ImpactDesk.Draft("TEST-ITALY", ImpactDesk.Forbids("IT")));
        Assert.Equal((10, 90), ((await _desk.Rows(one)).Count, (await _desk.Rows(other)).Count));
    }

    [Fact]
    public async Task Rows_of_what_is_no_simulation_are_refused()
    {
        var report = await _desk.Ana.ReportExposureAsync(new ReportExposureRequest());
        foreach (var (name, reason) in ((string, string)[])
                 [("", "NAME_INVALID"), ("operations/x", "NAME_INVALID"), (Unknown, "SIMULATION_UNKNOWN"), (report.Name, "SIMULATION_UNKNOWN")])
        {
            Assert.Equal(reason, (await Refused.By(async () => await _desk.Ana.ListImpactRowsAsync(new() { Operation = name }))).Reason);
            Assert.Equal(reason, await StreamRefused(new StreamImpactRowsRequest { Operation = name }));
        }

        Assert.Equal("SEVERAL_FIELDS_INVALID", await StreamRefused(new StreamImpactRowsRequest
        {
            Operation = "x",
            AfterRow = -1,
            Direction = (ImpactRow.Types.Direction)9,
        }));
        Assert.Equal("FILTER_INVALID", (await Refused.By(async () => await _desk.Ana.ListImpactRowsAsync(
            new() { Operation = Unknown, Filter = "colour = red" }))).Reason);
        var caller = _host.As<ImpactService.ImpactServiceClient>("erp", "caller");
        Assert.Equal("ROLE_NOT_ALLOWED", (await Refused.By(async () => await caller.ListImpactRowsAsync(new() { Operation = Unknown }))).Reason);
    }

    [Fact]
    public async Task An_auditor_reads_an_analysts_simulation_and_cannot_start_one()
    {
        var operation = await _desk.Start(ImpactDesk.Draft("TEST-GERMANY", ImpactDesk.Forbids("DE")));
        await _desk.Simulated(operation);
        var auditor = _host.As<ImpactService.ImpactServiceClient>("aud", "auditor");
        Assert.Equal(10, (await auditor.ListImpactRowsAsync(new() { Operation = operation.Name })).Rows.Count);
        var operations = _host.As<Operations.OperationsClient>("aud", "auditor");
        Assert.True((await operations.GetOperationAsync(new() { Name = operation.Name })).Done);
        Assert.Equal("ROLE_NOT_ALLOWED", (await Refused.By(async () => await auditor.SimulateAmendmentAsync(new()))).Reason);
    }

    private async Task<string> StreamRefused(StreamImpactRowsRequest request)
    {
        using var call = _desk.Ana.StreamImpactRows(request);
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None));
        return error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason;
    }
}
