using Google.LongRunning;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.BuildingBlocks.Jobs;
using OrderTracking.Types.V1;

namespace OrderTracking.BuildingBlocks.Tests.Jobs;

/// <summary>A process that runs jobs as a test tells them, on a directory that outlives it.</summary>
public sealed class JobsHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;
    private bool _disposed;

    private JobsHost(WebApplication app)
    {
        _app = app;
        _channel = GrpcChannel.ForAddress(app.Services.GetRequiredService<ServiceAddresses>().Own!);
        Client = new Operations.OperationsClient(_channel);
    }

    public Operations.OperationsClient Client { get; }

    public ThingsDb Db => _app.Services.GetRequiredService<ThingsDb>();

    public Metadata Analyst => As("ana", "analyst");

    public static async Task<JobsHost> Start(TemporaryDirectory directory, Script script, Func<JobOptions, JobOptions>? change = null)
    {
        var quick = new JobOptions
        {
            Lease = TimeSpan.FromMilliseconds(600),
            LookInterval = TimeSpan.FromMilliseconds(20),
            StopPatience = TimeSpan.FromMilliseconds(200),
        };
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults(new ServiceHostOptions { Port = 0, Storage = new StorageOptions { DataDirectory = directory.Path } });
        builder.Services.AddSingleton(script);
        builder.Services.AddSingleton(change is null ? quick : change(quick));
        builder.Services.AddDb<ThingsDb>("things");
        builder.Services.AddJob<ScriptedJob, ThingsDb>();
        builder.Services.AddJob<SecretJob, ThingsDb>();
        var app = builder.Build();
        app.MapGrpcService<OperationsService<ThingsDb>>();
        app.MapServiceDefaults();
        await app.StartAsync();
        return new JobsHost(app);
    }

    public Metadata As(string subject, params string[] roles) => new()
    {
        { "authorization", "Bearer " + _app.Services.GetRequiredService<DevelopmentTokens>().Mint(subject, roles, TimeSpan.FromMinutes(5)) },
    };

    public Task<Operation> Ask(string text = "", string actor = "ana", string kind = ScriptedJob.Name, bool validateOnly = false)
    {
        var jobs = _app.Services.GetRequiredService<Jobs<ThingsDb>>();
        return Db.Write(
            tx => jobs.Start(tx, kind, new StringValue { Value = text }, actor, TimeProvider.System.GetUtcNow()), default, validateOnly);
    }

    public async Task<Operation> Get(Operation operation) =>
        await Client.GetOperationAsync(new GetOperationRequest { Name = operation.Name }, As("otto", "operator"));

    public async Task<Operation> Ended(Operation operation)
    {
        var latest = operation;
        await Eventually.Holds(async () => (latest = await Get(operation)).Done, $"{operation.Name} ends");
        return latest;
    }

    public async Task Cancel(Operation operation) =>
        await Client.CancelOperationAsync(new CancelOperationRequest { Name = operation.Name }, Analyst);

    public static JobMetadata MetadataOf(Operation operation) => operation.Metadata.Unpack<JobMetadata>();

    public static string ReasonOf(Operation operation) => operation.Error.Details[0].Unpack<ErrorInfo>().Reason;

    public Task Stop() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        _channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

/// <summary>What the jobs of a test do.</summary>
public sealed class Script(Func<JobRun, string, ThingsDb, CancellationToken, Task<long>> work)
{
    public Func<JobRun, string, ThingsDb, CancellationToken, Task<long>> Work => work;

    public List<Guid> Forgotten { get; } = [];

    /// <summary>Stores one thing a step with its checkpoint, and does as told before each step.</summary>
    public static Script Steps(int steps, Func<int, CancellationToken, Task>? before = null) => new(async (run, _, db, cancellation) =>
    {
        var first = run.Checkpoint.Length == 0 ? 0 : int.Parse(run.Checkpoint, System.Globalization.CultureInfo.InvariantCulture);
        for (var step = first; step < steps; step++)
        {
            if (before is not null)
                await before(step, cancellation);
            await db.Write(
                async tx =>
                {
                    await ThingsDb.Insert(tx, $"{run.Id} step {step}");
                    await run.Save(tx, step + 1, steps, $"{step + 1}");
                },
                cancellation);
        }

        return steps;
    });
}

public sealed class ScriptedJob(Script script, ThingsDb db) : Job<StringValue, Int64Value>
{
    public const string Name = "tests.scripted";

    public override string Kind => Name;

    public override Task Forget(Tx tx, Guid id)
    {
        script.Forgotten.Add(id);
        return Task.CompletedTask;
    }

    protected override async Task<Int64Value> Run(JobRun run, StringValue request, CancellationToken cancellation) =>
        new() { Value = await script.Work(run, request.Value, db, cancellation) };
}

/// <summary>A job that only counsel may start.</summary>
public sealed class SecretJob : Job<StringValue, Int64Value>
{
    public const string Name = "tests.secret";

    public override string Kind => Name;

    public override IReadOnlySet<string> Readers { get; } = new HashSet<string> { "counsel" };

    protected override Task<Int64Value> Run(JobRun run, StringValue request, CancellationToken cancellation) => Task.FromResult(new Int64Value());
}
