using System.Text.Json.Serialization;

namespace OrderTracking.Admin.Import;

/// <summary>What became of an order of a file: each of them has one.</summary>
/// <param name="Line">The line its first row is on.</param>
/// <param name="Reference">What the file calls it.</param>
/// <param name="Outcome">One of <see cref="Accepted"/>, <see cref="Acceptable"/>, <see cref="Refused"/>, <see cref="NotPlaced"/>.</param>
/// <param name="Order">Its name, where it was accepted, now or by an earlier run.</param>
/// <param name="Faults">What is wrong with its rows, or why it was not placed.</param>
internal sealed record OrderResult(int Line, string Reference, string Outcome, string Order, IReadOnlyList<RowFault> Faults)
{
    /// <summary>It is placed, once, however often the file is given.</summary>
    public const string Accepted = "ACCEPTED";

    /// <summary>It would be accepted; nothing was placed, for only checking was asked for.</summary>
    public const string Acceptable = "ACCEPTABLE";

    /// <summary>It cannot be placed as the file has it.</summary>
    public const string Refused = "REFUSED";

    /// <summary>It is not known to be placed, through no fault of the file's: the same file may be given again.</summary>
    public const string NotPlaced = "NOT_PLACED";

    /// <summary>Begins the reason of an order that is not placed because the server was not asked any more.</summary>
    public const string NotAsked = "not asked";
}

/// <summary>How many orders ended how.</summary>
internal sealed record OrderCounts(int Orders, int Accepted, int Refused, int NotPlaced);

[JsonSerializable(typeof(OrderResult))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class ResultJson : JsonSerializerContext;
