using Google.LongRunning;
using Google.Protobuf;
using Grpc.Core;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Replay;

/// <summary>Waits for long work as a caller does.</summary>
internal static class OperationsDesk
{
    public static async Task<TResponse> Result<TResponse>(ComplianceHost host, Operation operation, TimeSpan? patience = null)
        where TResponse : IMessage, new()
    {
        var client = host.As<Operations.OperationsClient>("audrey", "auditor");
        var deadline = TimeProvider.System.GetUtcNow() + (patience ?? TimeSpan.FromSeconds(30));
        var done = operation;
        while (!done.Done && TimeProvider.System.GetUtcNow() < deadline)
            done = await client.WaitOperationAsync(new WaitOperationRequest { Name = operation.Name });
        Assert.True(done.Done, $"{operation.Name} is not done in time");
        Assert.True(done.Error is null, $"{done.Error}");
        return done.Response.Unpack<TResponse>();
    }

    public static async Task<IReadOnlyList<TRow>> All<TRow>(AsyncServerStreamingCall<TRow> call)
    {
        using (call)
        {
            var rows = new List<TRow>();
            await foreach (var row in call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken))
                rows.Add(row);
            return rows;
        }
    }
}
