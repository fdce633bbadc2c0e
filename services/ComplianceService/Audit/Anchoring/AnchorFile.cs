using System.Text;
using OrderTracking.AuditTrail;

namespace OrderTracking.ComplianceService.Audit.Anchoring;

/// <summary>
/// The anchors written so far, a line each; lines are only ever added, and are on disk before the call returns. Processes that share the
/// file take turns by a lock beside it, so that nobody reads a line that is half written.
/// </summary>
internal sealed class AnchorFile(AuditOptions options)
{
    private const string LockSuffix = ".lock";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeProvider Clock = TimeProvider.System;

    public bool IsSet => options.AnchorFile.Length > 0;

    /// <exception cref="InvalidDataException">A line is no anchor.</exception>
    /// <exception cref="IOException">Another process keeps the file to itself.</exception>
    public async Task<IReadOnlyList<Anchor>> Read(CancellationToken cancellation)
    {
        if (!IsSet || !File.Exists(options.AnchorFile))
            return [];
        await using var turn = await Lock(cancellation);
        return ReadAll();
    }

    /// <summary>Adds an anchor unless one of its entry stands there.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public async Task Append(Anchor anchor, CancellationToken cancellation)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(options.AnchorFile)) is { } directory)
            Directory.CreateDirectory(directory);
        await using var turn = await Lock(cancellation);
        if (File.Exists(options.AnchorFile) && ReadAll().Any(standing => standing.Seq == anchor.Seq))
            return;
        await using var file = new FileStream(options.AnchorFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        EndCutLine(file);
        file.Write(Encoding.UTF8.GetBytes(anchor.ToLine() + "\n"));
        file.Flush(flushToDisk: true);
    }

    private IReadOnlyList<Anchor> ReadAll() => Anchor.ReadAll(File.ReadAllText(options.AnchorFile));

    // The operating system lets go of it when its process ends, however it ends.
    private async Task<FileStream> Lock(CancellationToken cancellation)
    {
        var started = Clock.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(options.AnchorFile + LockSuffix, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (Clock.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(Pause, Clock, cancellation);
            }
        }
    }

    // A process killed while it wrote leaves a line without an end; nothing was promised about it.
    private static void EndCutLine(FileStream file)
    {
        var end = file.Length;
        while (end > 0)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n')
                break;
            end--;
        }

        file.SetLength(end);
        file.Position = end;
    }
}
