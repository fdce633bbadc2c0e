namespace OrderTracking.Contracts.Compliance;

/// <summary>A licence, or the use of an exception, has a new version. What rests on it is decided again.</summary>
/// <param name="Change">REGISTERED, ACTIVATED, AMENDED, SUSPENDED, RESUMED, REVOKED, NOTIFIED or ANSWERED.</param>
/// <param name="State">DRAFT, ACTIVE, SUSPENDED or REVOKED, after it.</param>
/// <param name="Revision">Counts the versions of the licence, from 1.</param>
public sealed record LicenceChanged(
    Guid EventId, DateTimeOffset EventTime, string Actor, Guid LicenceId, string Number, string Change, string State, long Revision, string Reason);
