using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.OrderService;

/// <summary>The order service's own database.</summary>
internal sealed class OrdersDb(DbOptions options, ILogger<OrdersDb> logger) : Db(options, logger, typeof(OrdersDb).Assembly);
