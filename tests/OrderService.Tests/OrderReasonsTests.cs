using System.Reflection;
using OrderTracking.BuildingBlocks.Grpc;
using Xunit;

namespace OrderTracking.OrderService.Tests;

public sealed class OrderReasonsTests
{
    [Fact]
    public void Reasons_and_their_codes_are_what_programs_branch_on()
    {
        var reasons = typeof(OrderReasons).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (Reason)field.GetValue(null)!)
            .Select(reason => $"{reason.Name} {reason.Code}")
            .Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "ADDRESS_COUNTRY_MISMATCH InvalidArgument",
                "ADDRESS_TOO_LONG InvalidArgument",
                "CONSIGNEE_MISSING InvalidArgument",
                "CURRENCY_MISMATCH InvalidArgument",
                "DOCUMENTS_TOO_MANY InvalidArgument",
                "DOCUMENT_KIND_MISSING InvalidArgument",
                "LINES_MISSING InvalidArgument",
                "LINES_TOO_MANY InvalidArgument",
                "LINE_NUMBER_INVALID InvalidArgument",
                "ORDER_CHANGE_IN_PROGRESS Aborted",
                "ORDER_IS_CANCELLED FailedPrecondition",
                "ORDER_MISSING InvalidArgument",
                "ORDER_NOT_FOUND NotFound",
                "ORDER_VALUE_TOO_LARGE InvalidArgument",
                "PURCHASER_NOT_ONE InvalidArgument",
                "RESUME_TOKEN_INVALID InvalidArgument",
                "SERVER_STOPPING Unavailable",
                "SHIP_DATE_BEFORE_ORDER InvalidArgument",
            ],
            reasons);
    }
}
