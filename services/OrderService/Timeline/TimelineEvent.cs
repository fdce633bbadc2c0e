namespace OrderTracking.OrderService.Timeline;

/// <summary>Something that happened to an order, before it is recorded.</summary>
/// <param name="EventId">The identity of the event that told of it: recorded once an order.</param>
/// <param name="Kind">UPPER_SNAKE_CASE, such as SHIPMENT_SCREENED.</param>
/// <param name="EventTime">When it happened.</param>
/// <param name="Resource">The resource it is about.</param>
/// <param name="Summary">One sentence a person can read.</param>
/// <param name="Actor">Who did it.</param>
internal sealed record TimelineEvent(Guid EventId, string Kind, DateTimeOffset EventTime, string Resource, string Summary, string Actor);
