namespace OrderTracking.ComplianceService.Licences.Exceptions;

/// <summary>
/// That the authority was notified of the use of an exception, and what it answered. Answer is POSITIVE, NEGATIVE, or blank while there
/// is none: silence is no answer.
/// </summary>
internal sealed record LicenceNotification(
    Guid Id,
    string Reference,
    DateOnly NotifiedOn,
    string RecordedBy,
    DateTimeOffset RecordedAt,
    string Answer,
    string AnswerReference,
    DateOnly? AnsweredOn,
    string AnsweredBy,
    DateTimeOffset? AnsweredAt)
{
    public const string Positive = "POSITIVE";
    public const string Negative = "NEGATIVE";

    public bool IsAnswered => Answer.Length > 0;
}
