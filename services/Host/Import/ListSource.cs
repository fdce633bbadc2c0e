namespace OrderTracking.Host.Import;

/// <summary>The bytes of a list, from a file or a download, and how many are expected; null: nobody said.</summary>
internal sealed class ListSource : IAsyncDisposable
{
    /// <summary>What the service takes at most; a source that tells of more is not even read, and of one that tells nothing the service takes no more.</summary>
    public const long BytesMax = 64L * 1024 * 1024;

    private static readonly TimeSpan DownloadTimeout = TimeSpan.FromMinutes(5);
    private readonly HttpClient? _client;

    private ListSource(Stream bytes, long? length, string uri, HttpClient? client) => (Bytes, Length, SourceUri, _client) = (bytes, length, uri, client);

    public Stream Bytes { get; }

    public long? Length { get; }

    public string SourceUri { get; }

    /// <exception cref="IOException">The file cannot be read, the download failed, or there is too much of it.</exception>
    public static async Task<ListSource> Open(ImportOptions options)
    {
        var source = options.File.Length > 0 ? OfFile(options.File) : await OfUrl(new Uri(options.Url));
        if (source.Length <= BytesMax || source.Length is null)
            return source;
        await source.DisposeAsync();
        throw new IOException($"{source.SourceUri} has {source.Length} bytes; allowed are {BytesMax}.");
    }

    public async ValueTask DisposeAsync()
    {
        await Bytes.DisposeAsync();
        _client?.Dispose();
    }

    private static ListSource OfFile(string path)
    {
        var file = File.OpenRead(path);
        return new ListSource(file, file.Length, $"file:{Path.GetFileName(path)}", null);
    }

    private static async Task<ListSource> OfUrl(Uri url)
    {
        var client = new HttpClient { Timeout = DownloadTimeout };
        try
        {
            var response = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead);
            response.EnsureSuccessStatusCode();
            return new ListSource(await response.Content.ReadAsStreamAsync(), response.Content.Headers.ContentLength, url.ToString(), client);
        }
        catch (Exception failed) when (failed is HttpRequestException or TaskCanceledException)
        {
            client.Dispose();
            throw new IOException($"{url} could not be downloaded: {failed.Message}", failed);
        }
    }
}
