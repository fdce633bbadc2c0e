namespace OrderTracking.BuildingBlocks.Data;

/// <summary>The engine ended a transaction by itself, or was lost before it could say how the transaction ended.</summary>
/// <param name="message">What happened.</param>
/// <param name="cause">The engine's own error.</param>
internal sealed class TransactionLostException(string message, Exception? cause) : Exception(message, cause)
{
    /// <summary>False where the commit was sent and its answer never came: it may have been carried out.</summary>
    public bool IsRolledBack { get; init; } = true;
}
