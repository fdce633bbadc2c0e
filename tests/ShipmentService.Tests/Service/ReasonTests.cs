using System.Reflection;
using System.Text.RegularExpressions;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.ShipmentService.Tests.Service;

/// <summary>The reasons programs branch on. A line that changes or goes is a breaking change.</summary>
public sealed partial class ReasonTests
{
    private const string Golden = """
        COMPLIANCE_UNREACHABLE Unavailable
        DATES_MISSING InvalidArgument
        DATE_CHANGES_TOO_MANY FailedPrecondition
        DISPATCH_NOT_DECIDED Aborted
        DISPATCH_REFUSED FailedPrecondition
        EVENT_TIME_INVALID InvalidArgument
        EVENT_TIME_IN_FUTURE InvalidArgument
        EVENT_TIME_MISSING InvalidArgument
        MILESTONES_TOO_MANY FailedPrecondition
        MILESTONE_ALREADY_SUPERSEDED FailedPrecondition
        MILESTONE_KIND_MISSING InvalidArgument
        MILESTONE_MISSING InvalidArgument
        MILESTONE_NOT_FOUND FailedPrecondition
        MILESTONE_NUMBER_INVALID InvalidArgument
        NOTHING_LEFT_TO_CANCEL FailedPrecondition
        ORDER_LINES_MISSING InvalidArgument
        ORDER_LINE_NUMBER_INVALID InvalidArgument
        ORDER_MISSING InvalidArgument
        ORDER_REVISION_INVALID InvalidArgument
        ORDER_REVISION_SUPERSEDED Aborted
        ORDER_REVISION_TAKEN Aborted
        QUANTITY_ALREADY_SHIPPED FailedPrecondition
        RESUME_TOKEN_INVALID InvalidArgument
        SERVICE_STOPPING Unavailable
        SHIPMENTS_TOO_MANY FailedPrecondition
        SHIPMENT_ALREADY_DISPATCHED FailedPrecondition
        SHIPMENT_CANCELLED FailedPrecondition
        SHIPMENT_DISPATCHING Aborted
        SHIPMENT_NOT_DISPATCHED FailedPrecondition
        SHIPMENT_NOT_FOUND NotFound
        SHIPMENT_NOT_READY FailedPrecondition
        SHIPMENT_RETURNED FailedPrecondition
        SHIP_DATE_IN_PAST InvalidArgument
        SPLIT_QUANTITY_TOO_LARGE FailedPrecondition
        """;

    [Fact]
    public void Reasons_and_their_codes_are_as_released() =>
        Assert.Equal(
            Golden.Split('\n', StringSplitOptions.TrimEntries),
            All.Select(reason => $"{reason.Name} {reason.Code}").Order(StringComparer.Ordinal));

    [Fact]
    public void Reasons_are_written_as_reasons_are() => Assert.All(All, reason => Assert.Matches(UpperSnake(), reason.Name));

    private static IEnumerable<Reason> All =>
        typeof(ShipmentReasons).GetFields(BindingFlags.Static | BindingFlags.Public).Select(member => (Reason)member.GetValue(null)!);

    [GeneratedRegex("^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$")]
    private static partial Regex UpperSnake();
}
