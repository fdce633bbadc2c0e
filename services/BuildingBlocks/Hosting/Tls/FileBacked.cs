using Microsoft.Extensions.Logging;

namespace OrderTracking.BuildingBlocks.Hosting.Tls;

/// <summary>
/// Something made of files that are replaced while the process runs, as certificates are. Looked at again when it is needed, at most
/// once a second; what cannot be read (half a pair while both are being replaced) leaves the last good one in use.
/// </summary>
internal sealed class FileBacked<T>
    where T : class
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(1);

    // Files change by the wall clock.
    private static readonly TimeProvider Clock = TimeProvider.System;
    private readonly Lock _looking = new();
    private readonly IReadOnlyList<string> _files;
    private readonly Func<IReadOnlyList<string>, T> _make;
    private readonly string _name;
    private readonly ILogger _logger;
    private IReadOnlyList<string> _texts;
    private volatile T _current;
    private long _lookedAt = Clock.GetTimestamp();

    /// <summary>Reads the files; throws what reading or making throws.</summary>
    public FileBacked(IReadOnlyList<string> files, Func<IReadOnlyList<string>, T> make, ILogger logger)
    {
        (_files, _name, _make, _logger) = (files, string.Join(", ", files), make, logger);
        _texts = [.. files.Select(File.ReadAllText)];
        _current = make(_texts);
    }

    public T Current
    {
        get
        {
            // Who finds another one looking takes what there is.
            if (Clock.GetElapsedTime(Volatile.Read(ref _lookedAt)) < LookAgainAfter || !_looking.TryEnter())
                return _current;
            try
            {
                Look();
            }
            finally
            {
                _looking.Exit();
            }

            return _current;
        }
    }

    private void Look()
    {
        Volatile.Write(ref _lookedAt, Clock.GetTimestamp());
        try
        {
            var texts = _files.Select(File.ReadAllText).ToList();
            if (texts.SequenceEqual(_texts, StringComparer.Ordinal))
                return;
            _current = _make(texts);
            _texts = texts;
            Log.FilesReplaced(_logger, _name);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException or ArgumentException)
        {
            Log.FilesUnreadable(_logger, error, _name);
        }
    }
}
