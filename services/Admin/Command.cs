using OrderTracking.Client;
using OrderTracking.Types.V1;

namespace OrderTracking.Admin;

/// <summary>A command: how it is called and what it does.</summary>
/// <param name="Name">Its words, such as <c>holds list</c>.</param>
/// <param name="Usage">What follows the name.</param>
/// <param name="Summary">What it does, in one line.</param>
/// <param name="Words">How many words it takes beside options.</param>
/// <param name="Options">The options that are its own.</param>
/// <param name="Call">The method of the API that needs the most rights, as <c>HoldService/ListHolds</c>.</param>
internal sealed record Command(
    string Name, string Usage, string Summary, int Words, string[] Options, string Call, Func<Session, CancellationToken, Task<int>> Run)
{
    /// <summary>Options of its own that take no value.</summary>
    public string[] Flags { get; init; } = [];

    /// <summary>Who may: read from the API's own description, so that it cannot be another here.</summary>
    public IReadOnlyList<string> Roles { get; } =
    [
        .. ApiMethods.All.Single(method => $"{method.Service.Name}/{method.Name}" == Call).GetOptions().GetExtension(AccessExtensions.Access).Roles
            .Where(role => role != Role.Service)
            .Select(role => role.ToString().ToLowerInvariant()),
    ];
}

/// <summary>What a command works with.</summary>
/// <param name="Explain">Says why a call failed; the result is the exit code.</param>
internal sealed record Session(OrderTrackingClients Clients, Arguments Arguments, Output Output, Func<OrderTrackingError, int> Explain)
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
