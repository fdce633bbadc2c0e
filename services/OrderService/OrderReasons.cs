using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.OrderService;

/// <summary>Why the order service refuses a call. Names are stable.</summary>
internal static class OrderReasons
{
    /// <summary>The request holds no order.</summary>
    public static readonly Reason OrderMissing = Invalid("ORDER_MISSING");

    /// <summary>The order has no line.</summary>
    public static readonly Reason LinesMissing = Invalid("LINES_MISSING");

    /// <summary>The order has more lines than the limit.</summary>
    public static readonly Reason LinesTooMany = Invalid("LINES_TOO_MANY");

    /// <summary>A line's number is below 1, above the limit or given twice, or an amended order never had it.</summary>
    public static readonly Reason LineNumberInvalid = Invalid("LINE_NUMBER_INVALID");

    /// <summary>A line asks to leave before the day it is ordered, at the place of export.</summary>
    public static readonly Reason ShipDateBeforeOrder = Invalid("SHIP_DATE_BEFORE_ORDER");

    /// <summary>Two lines are priced in different currencies.</summary>
    public static readonly Reason CurrencyMismatch = Invalid("CURRENCY_MISMATCH");

    /// <summary>The sum of all lines does not fit 64 bits of minor units.</summary>
    public static readonly Reason OrderValueTooLarge = Invalid("ORDER_VALUE_TOO_LARGE");

    /// <summary>There is no purchaser, or more than one.</summary>
    public static readonly Reason PurchaserNotOne = Invalid("PURCHASER_NOT_ONE");

    /// <summary>There is neither an ultimate consignee nor an end user.</summary>
    public static readonly Reason ConsigneeMissing = Invalid("CONSIGNEE_MISSING");

    /// <summary>The delivery address lies in another country than the destination.</summary>
    public static readonly Reason AddressCountryMismatch = Invalid("ADDRESS_COUNTRY_MISMATCH");

    /// <summary>The delivery address is larger than the limit.</summary>
    public static readonly Reason AddressTooLong = Invalid("ADDRESS_TOO_LONG");

    /// <summary>The order has more documents than the limit.</summary>
    public static readonly Reason DocumentsTooMany = Invalid("DOCUMENTS_TOO_MANY");

    /// <summary>A document's kind is not stated.</summary>
    public static readonly Reason DocumentKindMissing = Invalid("DOCUMENT_KIND_MISSING");

    /// <summary>A resume token is damaged or belongs to another order.</summary>
    public static readonly Reason ResumeTokenInvalid = Invalid("RESUME_TOKEN_INVALID");

    /// <summary>No order has that name.</summary>
    public static readonly Reason OrderNotFound = new("ORDER_NOT_FOUND", StatusCode.NotFound);

    /// <summary>The order was cancelled and changes no more.</summary>
    public static readonly Reason OrderIsCancelled = new("ORDER_IS_CANCELLED", StatusCode.FailedPrecondition);

    /// <summary>Another change of the order has not been answered by the shipment service yet.</summary>
    public static readonly Reason OrderChangeInProgress = new("ORDER_CHANGE_IN_PROGRESS", StatusCode.Aborted);

    /// <summary>The server is stopping; the stream can be resumed at another one.</summary>
    public static readonly Reason ServerStopping = new("SERVER_STOPPING", StatusCode.Unavailable);

    private static Reason Invalid(string name) => new(name, StatusCode.InvalidArgument);
}
