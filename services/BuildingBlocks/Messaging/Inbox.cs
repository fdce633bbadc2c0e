using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Messaging;

/// <summary>Which events a consumer has taken. The row commits with the effect: both happen, or neither.</summary>
internal static class Inbox
{
    private const string Insert = """
        insert into inbox (event_id, consumer, processed_at)
        values (@eventId, @consumer, @now)
        """;

    /// <summary>True the first time.</summary>
    public static async Task<bool> TryTake(Tx tx, Guid eventId, string consumer, DateTimeOffset now)
    {
        try
        {
            await tx.Execute(Insert, new { eventId, consumer, now });
            return true;
        }
        catch (Exception error) when (tx.Dialect.IsUniqueViolation(error))
        {
            return false;
        }
    }
}
