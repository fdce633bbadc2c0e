using System.Collections.Frozen;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.BuildingBlocks.Jobs;

/// <summary>Who may see an operation and who may end it. The roles of the methods let in everybody who may have one.</summary>
internal static class OperationAccess
{
    private static readonly string[] ReadersOfAll = ["auditor", "operator"];
    private static readonly string[] EndersOfAll = ["officer", "counsel"];
    private static readonly string[] Staff = ["analyst", "auditor", "counsel", "officer", "operator"];

    /// <summary>The roles of the methods of google.longrunning.Operations, whose proto is not ours and cannot state them.</summary>
    public static FrozenDictionary<string, IReadOnlyList<string>> Methods { get; } = Google.LongRunning.Operations.Descriptor.Methods
        .ToFrozenDictionary(method => method.FullName, IReadOnlyList<string> (_) => Staff, StringComparer.Ordinal);

    public static bool ReadsAll(Actor actor) => actor.Roles.Overlaps(ReadersOfAll);

    public static void RequireReader<TDb>(JobRow row, Actor actor, JobKinds<TDb> kinds)
        where TDb : Db
    {
        if (row.Actor != actor.Subject && !ReadsAll(actor) && !kinds.ReadableBy(actor.Roles).Contains(row.Kind))
            throw NotAllowed(row);
    }

    public static void RequireEnder(JobRow row, Actor actor)
    {
        if (row.Actor != actor.Subject && !actor.Roles.Overlaps(EndersOfAll))
            throw NotAllowed(row);
    }

    public static Refusal Unknown(Guid id) => new(JobReasons.OperationUnknown, "There is no such operation.")
    {
        Metadata = new Dictionary<string, string> { ["operation"] = OperationName.Of(id) },
    };

    private static Refusal NotAllowed(JobRow row) =>
        new(JobReasons.OperationNotAllowed, "The operation is another person's, and none of the caller's roles allows this.")
        {
            Metadata = new Dictionary<string, string> { ["operation"] = row.Name, ["kind"] = row.Kind },
        };
}
