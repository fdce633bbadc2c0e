using Google.Protobuf;
using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Service;
using ListsApi = OrderTracking.Compliance.V1.ScreeningListService;

namespace OrderTracking.ComplianceService.Tests.Lists;

/// <summary>Those who keep the lists: an analyst who imports and two officers.</summary>
internal sealed class ListDesk(ComplianceHost host)
{
    private const int ChunkBytes = 64 * 1024;

    public ListsApi.ScreeningListServiceClient Ana { get; } = host.As<ListsApi.ScreeningListServiceClient>("ana", "analyst");

    public ListsApi.ScreeningListServiceClient Olga { get; } = host.As<ListsApi.ScreeningListServiceClient>("olga", "officer");

    public ListsApi.ScreeningListServiceClient Omar { get; } = host.As<ListsApi.ScreeningListServiceClient>("omar", "officer");

    public Task<ListSnapshot> Import(byte[] file, string asOf, string list = "CSL", ListsApi.ScreeningListServiceClient? by = null) =>
        Import(Header(asOf, list), file, by ?? Ana);

    public Task<ListSnapshot> Import(params Listed[] records) => Import(ListFiles.Consolidated(records), "2025-03-01");

    /// <summary>Imports as a client does: the header, then the file in pieces.</summary>
    public static async Task<ListSnapshot> Import(
        ImportListHeader? header, byte[] file, ListsApi.ScreeningListServiceClient client, string requestId = "", bool validateOnly = false)
    {
        using var call = client.ImportScreeningList();
        ListSnapshot? snapshot = null;
        var answers = Task.Run(async () =>
        {
            await foreach (var answer in call.ResponseStream.ReadAllAsync())
                snapshot = answer.Snapshot ?? snapshot;
        });
        try
        {
            if (header is not null)
                await call.RequestStream.WriteAsync(new ImportScreeningListRequest
                {
                    Header = header,
                    RequestId = requestId,
                    ValidateOnly = validateOnly,
                });
            foreach (var chunk in file.Chunk(ChunkBytes))
                await call.RequestStream.WriteAsync(new ImportScreeningListRequest { Chunk = ByteString.CopyFrom(chunk) });
            await call.RequestStream.CompleteAsync();
        }
        catch (Exception ended) when (ended is RpcException or InvalidOperationException)
        {
            // The server answered before it had all: what it answered is thrown below.
        }

        await answers;
        return snapshot ?? throw new InvalidOperationException("The import ended without a snapshot.");
    }

    public static ImportListHeader Header(string asOf, string list = "CSL") =>
        new() { List = list, SourceUri = "file:///test.csv", AsOf = Goods.WireDay(Goods.Day(asOf)) };

    public static Clearance Clear(string party, string country, string entry, string from = "2025-01-01", string to = "2025-12-31") => new()
    {
        PartyName = party,
        PartyCountry = country,
        Entry = entry,
        ValidFrom = Goods.WireDay(Goods.Day(from)),
        ValidTo = Goods.WireDay(Goods.Day(to)),
        Note = "another company of this name",
    };

    public async Task<Clearance> Cleared(Clearance clearance)
    {
        var proposed = await Olga.ProposeClearanceAsync(new ProposeClearanceRequest { Clearance = clearance });
        return await Omar.ApproveClearanceAsync(new ApproveClearanceRequest { Name = proposed.Name });
    }
}
