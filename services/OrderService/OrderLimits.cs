namespace OrderTracking.OrderService;

/// <summary>What an order may hold, and how long the service waits.</summary>
internal static class OrderLimits
{
    /// <summary>Lines of one order.</summary>
    public const int LinesMax = 500;

    /// <summary>The highest number a caller may give a line.</summary>
    public const int LineNumberMax = 999_999;

    /// <summary>Documents of one order.</summary>
    public const int DocumentsMax = 50;

    /// <summary>Characters of a document's number.</summary>
    public const int DocumentNumberCharactersMax = 100;

    /// <summary>Bytes of a delivery address as sent.</summary>
    public const int AddressBytesMax = 4_000;

    /// <summary>Bytes of a page of orders: below the 4 MiB a gRPC client takes unless told otherwise.</summary>
    public const int PageBytesMax = 3 * 1024 * 1024;

    /// <summary>Timeline entries read at a time for a watcher.</summary>
    public const int WatchBatchEntriesMax = 200;

    /// <summary>Milliseconds between two looks for what other processes recorded, for those who watch.</summary>
    public const int WatchLookMilliseconds = 500;

    /// <summary>Entries of other processes one look wakes the watchers of at a time.</summary>
    public const int WatchLookEntriesMax = 1_000;

    /// <summary>Seconds after which a watcher looks without having been woken.</summary>
    public const int WatchPollSeconds = 5;

    /// <summary>Seconds the shipment service has for an answer. What it does not answer by then is asked again.</summary>
    public const int ChangeAnswerSeconds = 30;

    /// <summary>Seconds between two looks for changes that nobody finished.</summary>
    public const int ChangeResumeSeconds = 2;

    /// <summary>Unfinished changes taken up at a time.</summary>
    public const int ChangeResumeRowsMax = 100;
}
