namespace OrderTracking.Admin;

/// <summary>How a command ended, for scripts.</summary>
internal static class ExitCode
{
    /// <summary>Done, and nothing was found wrong.</summary>
    public const int Done = 0;

    /// <summary>The server refused, rows of a file were refused, or what was verified is not intact.</summary>
    public const int Refused = 1;

    /// <summary>The command line, a file or a variable is wrong; nothing was asked.</summary>
    public const int Misused = 2;

    /// <summary>The server did not answer, at least not everything: the same command may be given again.</summary>
    public const int Unanswered = 3;
}
