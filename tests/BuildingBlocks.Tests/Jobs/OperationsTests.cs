using Google.LongRunning;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Jobs;

namespace OrderTracking.BuildingBlocks.Tests.Jobs;

public sealed class OperationsTests : IAsyncLifetime
{
    private static readonly string Unknown = OperationName.Of(Guid.Parse("0190a0b0-0000-7000-8000-000000000001"));
    private readonly TemporaryDirectory _directory = new();
    private readonly Script _script = new(async (_, text, _, stop) =>
    {
        if (text == "long")
            await Task.Delay(-1, stop);
        return text.Length;
    });

    private JobsHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await JobsHost.Start(_directory, _script);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_running_operation_is_cancelled_and_stays_to_be_read()
    {
        var asked = await _host.Ask("long");
        await Eventually.Holds(async () => JobsHost.MetadataOf(await _host.Get(asked)).StartTime is not null, "it runs");
        await _host.Cancel(asked);
        var ended = await _host.Ended(asked);
        Assert.Equal(((int)StatusCode.Cancelled, "OPERATION_CANCELLED"), (ended.Error.Code, JobsHost.ReasonOf(ended)));
        Assert.True(JobsHost.MetadataOf(ended).CancelRequested);
        await _host.Cancel(asked);
        Assert.Equal(ended, await _host.Get(asked));
    }

    [Fact]
    public async Task An_operation_that_waits_its_turn_is_cancelled_at_once()
    {
        var running = new[] { await _host.Ask("long"), await _host.Ask("long") };
        foreach (var one in running)
            await Eventually.Holds(async () => JobsHost.MetadataOf(await _host.Get(one)).StartTime is not null, "it runs");
        var third = await _host.Ask("long");
        await _host.Cancel(third);
        Assert.True((await _host.Get(third)).Done);
        Assert.Null(JobsHost.MetadataOf(await _host.Get(third)).StartTime);
    }

    [Fact]
    public async Task Waiting_ends_with_the_operation_or_with_the_time_whichever_is_first()
    {
        var quick = await _host.Ask("quick");
        var done = await _host.Client.WaitOperationAsync(new WaitOperationRequest { Name = quick.Name }, _host.Analyst);
        Assert.Equal(5, done.Response.Unpack<Int64Value>().Value);
        var slow = await _host.Ask("long");
        var request = new WaitOperationRequest { Name = slow.Name, Timeout = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(50)) };
        Assert.False((await _host.Client.WaitOperationAsync(request, _host.Analyst)).Done);
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(1);
        Assert.False((await _host.Client.WaitOperationAsync(new WaitOperationRequest { Name = slow.Name }, _host.Analyst, deadline)).Done);
    }

    [Fact]
    public async Task Staff_see_what_they_may_start_and_their_own_and_auditors_see_all()
    {
        var open = await _host.Ask(actor: "ana");
        var secret = await _host.Ask(actor: "carl", kind: SecretJob.Name);
        Assert.Equal([open.Name], await List(_host.As("bob", "analyst")));
        Assert.Equal([secret.Name, open.Name], await List(_host.As("carl", "analyst")));
        Assert.Equal([secret.Name, open.Name], await List(_host.As("cora", "counsel")));
        Assert.Equal([secret.Name, open.Name], await List(_host.As("aud", "auditor")));
        Assert.Equal("OPERATION_NOT_ALLOWED", await Refused(() => _host.Client.GetOperationAsync(new() { Name = secret.Name }, _host.As("bob", "analyst"))));
        Assert.Equal("OPERATION_NOT_ALLOWED", await Refused(() => _host.Client.WaitOperationAsync(new() { Name = secret.Name }, _host.As("bob", "analyst"))));
        Assert.Equal("ROLE_NOT_ALLOWED", await Refused(() => _host.Client.GetOperationAsync(new() { Name = open.Name }, _host.As("erp", "caller"))));
    }

    [Fact]
    public async Task Only_its_starter_officers_and_counsel_end_an_operation()
    {
        var asked = await _host.Ask("long");
        foreach (var other in (Metadata[])[_host.As("bob", "analyst"), _host.As("aud", "auditor"), _host.As("otto", "operator")])
        {
            Assert.Equal("OPERATION_NOT_ALLOWED", await Refused(() => _host.Client.CancelOperationAsync(new() { Name = asked.Name }, other)));
            Assert.Equal("OPERATION_NOT_ALLOWED", await Refused(() => _host.Client.DeleteOperationAsync(new() { Name = asked.Name }, other)));
        }

        await _host.Client.CancelOperationAsync(new() { Name = asked.Name }, _host.As("olga", "officer"));
        Assert.Equal("OPERATION_CANCELLED", JobsHost.ReasonOf(await _host.Ended(asked)));
    }

    [Fact]
    public async Task A_finished_operation_is_deleted_with_its_result_and_no_other_is()
    {
        var asked = await _host.Ask("long");
        Assert.Equal("OPERATION_NOT_FINISHED", await Refused(() => _host.Client.DeleteOperationAsync(new() { Name = asked.Name }, _host.Analyst)));
        await _host.Cancel(asked);
        await _host.Ended(asked);
        await _host.Client.DeleteOperationAsync(new() { Name = asked.Name }, _host.Analyst);
        Assert.Equal(asked.Name, OperationName.Of(Assert.Single(_script.Forgotten)));
        Assert.Equal("OPERATION_UNKNOWN", await Refused(() => _host.Client.GetOperationAsync(new() { Name = asked.Name }, _host.Analyst)));
    }

    [Fact]
    public async Task Operations_are_listed_by_pages_and_filtered()
    {
        var names = new List<string>();
        for (var number = 0; number < 5; number++)
            names.Add((await _host.Ask("x")).Name);
        foreach (var name in names)
            await _host.Ended(new Operation { Name = name });
        var running = await _host.Ask("long");
        Assert.Equal([running.Name], await List(_host.Analyst, "done = false"));
        Assert.Equal(Enumerable.Reverse(names), await List(_host.Analyst, $"kind = \"{ScriptedJob.Name}\" AND state = SUCCEEDED AND actor = ana", pageSize: 2));
        Assert.Empty(await List(_host.Analyst, $"kind = \"{SecretJob.Name}\""));
    }

    [Fact]
    public async Task What_is_not_an_operation_is_refused_by_every_method()
    {
        var analyst = _host.Analyst;
        foreach (var (name, reason) in ((string, string)[])[("operations/1", "NAME_INVALID"), ("", "NAME_INVALID"), (Unknown, "OPERATION_UNKNOWN")])
        {
            Assert.Equal(reason, await Refused(() => _host.Client.GetOperationAsync(new() { Name = name }, analyst)));
            Assert.Equal(reason, await Refused(() => _host.Client.WaitOperationAsync(new() { Name = name }, analyst)));
            Assert.Equal(reason, await Refused(() => _host.Client.CancelOperationAsync(new() { Name = name }, analyst)));
            Assert.Equal(reason, await Refused(() => _host.Client.DeleteOperationAsync(new() { Name = name }, analyst)));
        }

        Assert.Equal("SEVERAL_FIELDS_INVALID", await Refused(() => _host.Client.WaitOperationAsync(
            new() { Name = "x", Timeout = new Duration { Seconds = -1 } }, analyst)));
        Assert.Equal("NAME_INVALID", await Refused(() => _host.Client.ListOperationsAsync(new() { Name = "jobs" }, analyst)));
        Assert.Equal("SEVERAL_FIELDS_INVALID", await Refused(() => _host.Client.ListOperationsAsync(
            new() { PageSize = -1, Filter = "colour = red" }, analyst)));
    }

    private async Task<IReadOnlyList<string>> List(Metadata who, string filter = "", int pageSize = 0)
    {
        var names = new List<string>();
        var token = "";
        do
        {
            var page = await _host.Client.ListOperationsAsync(new() { Filter = filter, PageSize = pageSize, PageToken = token }, who);
            names.AddRange(page.Operations.Select(operation => operation.Name));
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        return names;
    }

    private static async Task<string> Refused<T>(Func<AsyncUnaryCall<T>> call) =>
        (await Assert.ThrowsAsync<RpcException>(async () => await call())).GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason;
}
