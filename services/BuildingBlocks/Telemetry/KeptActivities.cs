namespace OrderTracking.BuildingBlocks.Telemetry;

/// <summary>Activities that are recorded and exported whatever the configured sampler says of others.</summary>
/// <param name="Names">Their names. Each is a root, so that nothing else is kept with it.</param>
public sealed record KeptActivities(params IReadOnlyList<string> Names);
