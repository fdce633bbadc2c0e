namespace OrderTracking.SystemTests.Identity;

/// <summary>Somebody who must not be let in.</summary>
/// <param name="Name">What is wrong with him.</param>
/// <param name="Token">What he sends as his bearer token; null: nothing.</param>
public sealed record Stranger(string Name, string? Token);
