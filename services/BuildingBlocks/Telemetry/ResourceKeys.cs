namespace OrderTracking.BuildingBlocks.Telemetry;

/// <summary>Which attribute a resource's id is, by the collection its name begins with, such as <c>things</c> to <c>thing.id</c>.</summary>
/// <param name="Keys">Attribute keys by collection.</param>
public sealed record ResourceKeys(IReadOnlyDictionary<string, string> Keys);
