using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Telemetry;

/// <summary>A gauge that is counted from a database, such as <c>ordertracking.things.open</c>.</summary>
/// <param name="Name">As exporters send it; Prometheus puts underscores for the points.</param>
/// <param name="Unit">In UCUM, such as s or {thing}.</param>
/// <param name="Description">One sentence.</param>
public sealed record DatabaseGauge(string Name, string Unit, string Description);

/// <summary>One value of a gauge.</summary>
/// <param name="Gauge">Its name.</param>
/// <param name="Value">What was counted.</param>
/// <param name="Labels">What tells it from the gauge's other values; the database is added.</param>
public readonly record struct Counted(string Gauge, double Value, params KeyValuePair<string, object?>[] Labels);

/// <summary>What a service has counted in its database now and then, beside what every database has counted.</summary>
/// <param name="Database">The name of the database.</param>
/// <param name="Gauges">Every gauge that is counted.</param>
/// <param name="Take">Counts, as of an instant of the clock that dates what happens. Reads only.</param>
public sealed record DatabaseCount(
    string Database, IReadOnlyList<DatabaseGauge> Gauges, Func<Tx, DateTimeOffset, Task<IReadOnlyList<Counted>>> Take);
