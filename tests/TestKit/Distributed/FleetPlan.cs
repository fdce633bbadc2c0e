namespace OrderTracking.TestKit.Distributed;

/// <summary>What a fleet is made of.</summary>
public sealed record FleetPlan
{
    /// <summary>Processes a service, by its name; one of each that is not named.</summary>
    public IReadOnlyDictionary<string, int> Replicas { get; init; } = new Dictionary<string, int>();

    /// <summary>Settings of every process of a service, by its name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Settings { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>What the processes of a service are started by, by its name; made from the path of the token key.</summary>
    public IReadOnlyDictionary<string, Func<string, IReadOnlyList<string>>> Wrappers { get; init; } =
        new Dictionary<string, Func<string, IReadOnlyList<string>>>();

    internal int ReplicasOf(string service) => Replicas.GetValueOrDefault(service, 1);

    internal IReadOnlyDictionary<string, string> SettingsOf(string service) =>
        Settings.GetValueOrDefault(service) ?? new Dictionary<string, string>();

    internal IReadOnlyList<string> WrapperOf(string service, string tokenKey) => Wrappers.GetValueOrDefault(service)?.Invoke(tokenKey) ?? [];
}
