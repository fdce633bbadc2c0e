using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Messaging.DeadLetters;

/// <summary>What a module does beside when somebody acts on a dead letter of its database, such as an entry of its audit trail.</summary>
/// <param name="Database">The name of the module's database.</param>
/// <param name="Record">Runs in the transaction of the act.</param>
public sealed record DeadLetterWitness(string Database, Func<Tx, DeadLetterActed, Task> Record);

/// <summary>An act on a dead letter.</summary>
/// <param name="Name">The dead letter's resource name.</param>
/// <param name="Action"><c>dead_letters.replay</c> or <c>dead_letters.discard</c>.</param>
/// <param name="Actor">Who acted.</param>
/// <param name="Detail">The event, its consumer, and why.</param>
/// <param name="At">When.</param>
public sealed record DeadLetterActed(string Name, string Action, string Actor, string Detail, DateTimeOffset At);
