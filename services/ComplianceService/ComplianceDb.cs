using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.ComplianceService;

/// <summary>The database of compliance: rules, catalogue, licences, decisions, holds, permits, audit.</summary>
internal sealed class ComplianceDb(DbOptions options, ILogger<ComplianceDb> logger) : Db(options, logger, typeof(ComplianceDb).Assembly);
