using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.ShipmentService;

/// <summary>The shipment service's own database. Nobody else reads it.</summary>
internal sealed class ShipmentsDb(DbOptions options, ILogger<ShipmentsDb> logger) : Db(options, logger, typeof(ShipmentsDb).Assembly);
