using System.Globalization;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.Compliance.V1;
using Spectre.Console;

namespace OrderTracking.Host.Import;

/// <summary>
/// Imports a list into a host that runs, over its public API and with a token of the one who imports. Progress goes to standard error, the
/// snapshot to standard output.
/// </summary>
internal static class ImportCommand
{
    private const int ChunkBytes = 256 * 1024;
    private const int Failed = 1;
    private const string Role = "analyst";
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(30);

    /// <returns>The exit code: 0, or 1 when the import was refused.</returns>
    public static async Task<int> Run(ImportOptions options, ServiceHostOptions host)
    {
        if (host.Security.IsOidc)
            throw new InvalidOperationException(Commands.OnlyDevelopment);
        using var channel = GrpcChannel.ForAddress($"http://{host.Address}:{host.Port}");
        var token = new DevelopmentTokens(host.Storage.DataDirectory).Mint(options.Subject, [Role], TokenLifetime);
        var client = new ScreeningListService.ScreeningListServiceClient(new Person(options.Subject, token, channel).Invoker);
        await using var source = await ListSource.Open(options);
        try
        {
            var snapshot = await WithProgress(source, progress => Import(client, options, source, progress));
            Tell(snapshot);
            return 0;
        }
        catch (RpcException refused)
        {
            await Tell(refused);
            return Failed;
        }
    }

    private static async Task<ListSnapshot> WithProgress(ListSource source, Func<Action<ImportProgress>, Task<ListSnapshot>> import)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        // Redirected, a bar would be a page of escapes.
        if (Console.IsErrorRedirected || !console.Profile.Capabilities.Interactive)
            return await import(_ => { });
        return await console.Progress().StartAsync(async context =>
        {
            var bar = context.AddTask("Import", maxValue: source.Length ?? ListSource.BytesMax);
            bar.IsIndeterminate = source.Length is null;
            var snapshot = await import(progress =>
            {
                bar.Value = progress.BytesRead;
                bar.Description = string.Create(CultureInfo.InvariantCulture, $"{progress.RecordsRead:#,##0} records");
            });
            bar.Value = bar.MaxValue;
            return snapshot;
        });
    }

    private static async Task<ListSnapshot> Import(
        ScreeningListService.ScreeningListServiceClient client, ImportOptions options, ListSource source, Action<ImportProgress> progress)
    {
        using var call = client.ImportScreeningList();
        var answered = Answer(call.ResponseStream, progress);
        try
        {
            await call.RequestStream.WriteAsync(new ImportScreeningListRequest { Header = Header(options, source) });
            var (buffer, sent) = (new byte[ChunkBytes], 0L);
            while (await source.Bytes.ReadAtLeastAsync(buffer, ChunkBytes, throwOnEndOfStream: false) is var read and > 0)
            {
                sent += read;
                if (sent > ListSource.BytesMax)
                    throw new IOException($"{source.SourceUri} has more than {ListSource.BytesMax} bytes.");
                await call.RequestStream.WriteAsync(new ImportScreeningListRequest { Chunk = ByteString.CopyFrom(buffer, 0, read) });
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (Exception ended) when (ended is RpcException or InvalidOperationException)
        {
            // Refused before all was sent: the answer says why.
        }

        return await answered;
    }

    private static async Task<ListSnapshot> Answer(IAsyncStreamReader<ImportScreeningListResponse> answers, Action<ImportProgress> progress)
    {
        await foreach (var answer in answers.ReadAllAsync())
        {
            if (answer.Snapshot is { } snapshot)
                return snapshot;
            progress(answer.Progress);
        }

        throw new IOException("The import ended without an answer.");
    }

    private static ImportListHeader Header(ImportOptions options, ListSource source)
    {
        var asOf = options.AsOf ?? DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        return new ImportListHeader
        {
            List = options.List,
            SourceUri = source.SourceUri,
            AsOf = new Google.Type.Date { Year = asOf.Year, Month = asOf.Month, Day = asOf.Day },
        };
    }

    private static void Tell(ListSnapshot snapshot)
    {
        var waits = snapshot.State == ListSnapshot.Types.State.Proposed ? "waits for another person's ApproveListSnapshot" : "is in force";
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{snapshot.Name} {waits}: {snapshot.EntryCount} entries, {snapshot.AddedCount} added, {snapshot.ChangedCount} changed, {snapshot.RemovedCount} removed"));
        foreach (var repair in snapshot.Repairs)
            Console.Out.WriteLine($"line {repair.Line}: {repair.Kind}: {repair.Detail}");
    }

    private static async Task Tell(RpcException refused)
    {
        var status = refused.GetRpcStatus();
        await Console.Error.WriteLineAsync($"Not imported: {refused.Status.Detail}");
        foreach (var violation in status?.GetDetail<BadRequest>()?.FieldViolations ?? [])
            await Console.Error.WriteLineAsync(violation.Description);
    }
}
