using System.Text;
using OrderTracking.AuditTrail;

namespace OrderTracking.ComplianceService.Audit.Anchoring;

/// <summary>The anchors written so far, a line each; lines are only ever added, and are on disk before the call returns.</summary>
internal sealed class AnchorFile(AuditOptions options)
{
    public bool IsSet => options.AnchorFile.Length > 0;

    /// <exception cref="InvalidDataException">A line is no anchor.</exception>
    public IReadOnlyList<Anchor> Read() =>
        IsSet && File.Exists(options.AnchorFile) ? Anchor.ReadAll(File.ReadAllText(options.AnchorFile)) : [];

    public void Append(Anchor anchor)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(options.AnchorFile)) is { } directory)
            Directory.CreateDirectory(directory);
        using var file = new FileStream(options.AnchorFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        EndCutLine(file);
        file.Write(Encoding.UTF8.GetBytes(anchor.ToLine() + "\n"));
        file.Flush(flushToDisk: true);
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
