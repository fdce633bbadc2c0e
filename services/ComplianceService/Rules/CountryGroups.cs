using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>
/// A country's membership of a group on the ship dates from (inclusive) to (exclusive), null being open; recorded null is always known.
/// </summary>
internal sealed record GroupRow(
    string Group, string Country, DateOnly? From, DateOnly? To, Certainty Certainty, DateTimeOffset? RecordedAt = null)
{
    public bool IsKnownAt(DateTimeOffset knownAt) => RecordedAt is null || RecordedAt <= knownAt;
}
