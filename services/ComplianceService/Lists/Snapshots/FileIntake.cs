using System.Globalization;
using System.IO.Pipelines;
using System.Security.Cryptography;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Lists.Parsing;

namespace OrderTracking.ComplianceService.Lists.Snapshots;

/// <summary>A file read whole, with the digest of its bytes.</summary>
internal sealed record TakenFile(ListFile File, string Digest);

/// <summary>Takes the pieces of a file and reads it while they come, telling how far it is. Nothing is stored here.</summary>
internal static class FileIntake
{
    public const int ChunkBytesMax = 1_048_576;
    public const long FileBytesMax = 64L * 1_048_576;
    private const string Field = "chunk";

    /// <exception cref="Refusal">LIST_FILE_INVALID with a violation a line, LIST_FILE_TOO_LARGE or LIST_IMPORT_OUT_OF_ORDER.</exception>
    public static async Task<TakenFile> Run(
        IAsyncStreamReader<ImportScreeningListRequest> pieces, IServerStreamWriter<ImportScreeningListResponse> answers,
        CancellationToken cancellation)
    {
        var pipe = new Pipe();
        var records = 0L;
        var reading = Read(pipe.Reader, count => Interlocked.Exchange(ref records, count), cancellation);
        string digest;
        try
        {
            digest = await Feed(pieces, pipe.Writer, bytes => answers.WriteAsync(
                new ImportScreeningListResponse
                {
                    Progress = new ImportProgress { BytesRead = bytes, RecordsRead = Interlocked.Read(ref records) },
                },
                cancellation));
        }
#pragma warning disable CA1031 // Whatever ended the feeding, the reading must end with it; the error goes on from there.
        catch (Exception error)
#pragma warning restore CA1031
        {
            await pipe.Writer.CompleteAsync(error);
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        return new TakenFile(await reading, digest);
    }

    private static async Task<string> Feed(IAsyncStreamReader<ImportScreeningListRequest> pieces, PipeWriter file, Func<long, Task> progress)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = 0L;
        var isRead = true;
        while (await pieces.MoveNext())
        {
            if (pieces.Current.PartCase != ImportScreeningListRequest.PartOneofCase.Chunk)
                Violations.Throw("part", ListReasons.ImportOutOfOrder, pieces.Current.PartCase.ToString(), "one header, then pieces of the file");
            var chunk = pieces.Current.Chunk;
            bytes += chunk.Length;
            if (chunk.Length > ChunkBytesMax || bytes > FileBytesMax)
                Violations.Throw(
                    Field, ListReasons.FileTooLarge, bytes.ToString(CultureInfo.InvariantCulture),
                    $"pieces of up to {ChunkBytesMax} bytes, {FileBytesMax} bytes in all");
            hash.AppendData(chunk.Span);
            if (isRead)
                isRead = !(await file.WriteAsync(chunk.Memory)).IsCompleted;
            if (!isRead)
                break;
            await progress(bytes);
        }

        await file.CompleteAsync();
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task<ListFile> Read(PipeReader file, Action<long> progress, CancellationToken cancellation)
    {
        try
        {
            await using var stream = file.AsStream();
            return await ListFileParser.Read(stream, progress, cancellation);
        }
        catch (ListFileException refused)
        {
            var violations = new Violations();
            foreach (var fault in refused.Faults)
                violations.Add(new FieldViolation(Field, ListReasons.FileInvalid.Name, $"line {fault.Line}: {fault.Reason}"));
            violations.ThrowIfAny();
            throw;
        }
    }
}
