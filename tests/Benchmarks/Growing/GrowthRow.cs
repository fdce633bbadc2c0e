namespace OrderTracking.Benchmarks.Growing;

/// <summary>What was measured at one number of stored orders. Rates in calls a second, memory in bytes.</summary>
/// <param name="Stored">Orders in the file before anything was measured.</param>
/// <param name="StoredAtEnd">With those that placing them again and again added.</param>
/// <param name="PlaceOrder">Durable, 256 callers.</param>
/// <param name="PlaceOrderRatio">Its median ratio to an empty file, in turn in the same run.</param>
/// <param name="GetOrder">Of orders spread over all, 64 callers.</param>
/// <param name="ListOrders">First page of the default size, 64 callers.</param>
/// <param name="CheckShipment">In the Host with every service, 64 callers.</param>
/// <param name="ResidentBytes">Of the order service after the reads.</param>
/// <param name="ResidentBytesAtEnd">Of the order service after placing.</param>
/// <param name="HostServedAfterSeconds">From the start of the Host's process on these files until it served.</param>
internal sealed record GrowthRow(
    long Stored,
    long StoredAtEnd,
    double PlaceOrder,
    double PlaceOrderRatio,
    double GetOrder,
    double ListOrders,
    double CheckShipment,
    long ResidentBytes,
    long ResidentBytesAtEnd,
    double HostServedAfterSeconds);
