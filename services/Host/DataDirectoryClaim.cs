namespace OrderTracking.Host;

/// <summary>
/// Keeps a data directory to one process: two would each publish and resume what the other has under way. The operating system lets go of
/// it when the process ends, however it ends.
/// </summary>
internal sealed class DataDirectoryClaim : IDisposable
{
    private const string FileName = "in-use.lock";
    private readonly FileStream _file;

    /// <exception cref="InvalidOperationException">Another process has the directory.</exception>
    public DataDirectoryClaim(string directory)
    {
        Directory.CreateDirectory(directory);
        try
        {
            _file = new FileStream(Path.Combine(directory, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new InvalidOperationException(
                $"The data directory {Path.GetFullPath(directory)} is in use by another process; end it, or choose another with --data.",
                error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
