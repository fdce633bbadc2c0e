using OrderTracking.Client;

namespace OrderTracking.Admin;

/// <summary>A command: how it is called and what it does.</summary>
/// <param name="Name">Its words, such as <c>holds list</c>.</param>
/// <param name="Usage">What follows the name.</param>
/// <param name="Summary">What it does, in one line.</param>
/// <param name="Words">How many words it takes beside options.</param>
internal sealed record Command(string Name, string Usage, string Summary, int Words, string[] Options, Func<Session, CancellationToken, Task<int>> Run);

/// <summary>What a command works with.</summary>
internal sealed record Session(OrderTrackingClients Clients, Arguments Arguments, Output Output)
{
    private const int RowsPreset = 500;
    private const int RowsMax = 100_000;

    /// <summary>How many rows of a list are shown.</summary>
    public int Limit => Arguments.Number("--limit", RowsPreset, RowsMax);

    /// <summary>The name of a resource, given whole or as its id alone.</summary>
    public string Name(string collection)
    {
        var given = Arguments.Words[0];
        return given.Contains('/', StringComparison.Ordinal) ? given : $"{collection}/{given}";
    }
}
