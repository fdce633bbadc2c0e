using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.ComplianceService.Licences.Exceptions;

/// <summary>Notifications as rows. A new one takes the place of the one before, which stays as it was.</summary>
internal static class NotificationStore
{
    private const string SelectOne = """
        select notification_id as Id, reference as Reference, notified_on as NotifiedOn, recorded_by as RecordedBy,
            recorded_at as RecordedAt, answer as Answer, answer_reference as AnswerReference, answered_on as AnsweredOn,
            answered_by as AnsweredBy, answered_at as AnsweredAt
        from licence_notifications where notification_id = @id
        """;

    private const string InsertOne = """
        insert into licence_notifications (notification_id, licence_id, reference, notified_on, recorded_by, recorded_at, answer,
            answer_reference, answered_on, answered_by, answered_at)
        values (@Id, @LicenceId, @Reference, @NotifiedOn, @RecordedBy, @RecordedAt, '', '', null, '', null)
        """;

    private const string UpdateAnswer = """
        update licence_notifications
        set answer = @Answer, answer_reference = @AnswerReference, answered_on = @AnsweredOn, answered_by = @AnsweredBy,
            answered_at = @AnsweredAt
        where notification_id = @Id and answer = ''
        """;

    public static async Task<LicenceNotification?> Find(Tx tx, Guid id) =>
        (await tx.QueryFirstOrDefault<Row>(SelectOne, new { id }))?.ToNotification();

    public static Task Insert(Tx tx, Guid licenceId, LicenceNotification notification) => tx.Execute(
        InsertOne,
        new
        {
            notification.Id, LicenceId = licenceId, notification.Reference, notification.NotifiedOn, notification.RecordedBy,
            notification.RecordedAt,
        });

    public static async Task Answer(Tx tx, LicenceNotification answered)
    {
        if (await tx.Execute(UpdateAnswer, answered) != 1)
            throw new InvalidOperationException($"Notification {answered.Id} was answered under its transaction.");
    }

    private sealed class Row
    {
        public Guid Id { get; init; }

        public string Reference { get; init; } = "";

        public DateOnly NotifiedOn { get; init; }

        public string RecordedBy { get; init; } = "";

        public DateTimeOffset RecordedAt { get; init; }

        public string Answer { get; init; } = "";

        public string AnswerReference { get; init; } = "";

        public DateOnly? AnsweredOn { get; init; }

        public string AnsweredBy { get; init; } = "";

        public DateTimeOffset? AnsweredAt { get; init; }

        public LicenceNotification ToNotification() => new(
            Id, Reference, NotifiedOn, RecordedBy, RecordedAt, Answer, AnswerReference, AnsweredOn, AnsweredBy, AnsweredAt);
    }
}
