using System.Diagnostics;
using Google.Protobuf;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.BuildingBlocks.Jobs;

/// <summary>How an operation that has no response ended, as a stored google.rpc.Status.</summary>
internal static class JobError
{
    public static byte[] Cancelled() =>
        RefusalStatus.StatusOf(new Refusal(JobReasons.OperationCancelled, "The operation was cancelled before it was done.")).ToByteArray();

    public static byte[] GivenUp(string kind) => RefusalStatus.StatusOf(
        new Refusal(JobReasons.OperationGivenUp, "The operation was begun again and again and never got further.")
        {
            Metadata = new Dictionary<string, string> { ["kind"] = kind },
        }).ToByteArray();

    /// <summary>A refusal is told as it is; of anything else only where the log has it.</summary>
    public static byte[] Of(Exception error) => RefusalStatus.StatusOf(error as Refusal ?? Defect()).ToByteArray();

    private static Refusal Defect() => new(BuildingReasons.Internal, "The operation failed because of a defect of the system.")
    {
        Metadata = new Dictionary<string, string> { ["trace_id"] = Activity.Current?.TraceId.ToString() ?? "" },
    };
}
