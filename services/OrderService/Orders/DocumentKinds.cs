using Kind = OrderTracking.Types.V1.DocumentReference.Types.Kind;

namespace OrderTracking.OrderService.Orders;

/// <summary>The names kinds of documents are stored as.</summary>
internal static class DocumentKinds
{
    private static readonly Dictionary<Kind, string> Names = new()
    {
        [Kind.CustomerPurchaseOrder] = "CUSTOMER_PURCHASE_ORDER",
        [Kind.Invoice] = "INVOICE",
        [Kind.EndUserStatement] = "END_USER_STATEMENT",
        [Kind.Other] = "OTHER",
    };

    /// <summary>Every name, as a person would list them.</summary>
    public static string Allowed => string.Join(", ", Names.Values);

    /// <summary>The stored name; null if the kind is not stated.</summary>
    public static string? NameOf(Kind kind) => Names.GetValueOrDefault(kind);

    /// <summary>The kind of a stored name.</summary>
    public static Kind Of(string name) => Names.First(entry => entry.Value == name).Key;
}
