using OrderTracking.ComplianceService.Shipments;

namespace OrderTracking.ComplianceService.Decisions;

/// <summary>
/// The next instant at which time alone may change what is decided about a shipment: something recorded becomes known, or the day it is
/// decided for moves on. The day moves only when the planned one has gone by; until then no window of an amendment, group row, release
/// or licence can begin or end for it.
/// </summary>
internal static class DecideAgain
{
    /// <param name="planned">The planned ship date, at the place of export.</param>
    /// <param name="today">Today at the place of export.</param>
    /// <param name="nextRecorded">When the next amendment, group row or catalogue revision becomes known; null: none is waiting.</param>
    public static DateTimeOffset At(DateOnly planned, DateOnly today, string timeZone, DateTimeOffset? nextRecorded)
    {
        var moves = ShipDates.StartOf(ShipDates.Effective(planned, today).AddDays(1), timeZone);
        return nextRecorded < moves ? nextRecorded.Value : moves;
    }
}
