using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Audit;
using OrderTracking.ComplianceService.Licences.Changes;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Licences.Exceptions;

/// <summary>Records that the authority was notified, and what it answered. Nothing counts before a positive answer.</summary>
internal sealed class RecordNotification(ComplianceDb db, LicenceDesk desk, TimeProvider clock)
{
    private const int ReferenceCharactersMax = 64;

    public Task<V1.Licence> Notified(V1.RecordNotificationRequest request, ServerCallContext context)
    {
        var (actor, now, violations) = (context.Actor(), clock.GetUtcNow(), new Violations());
        var id = WireName.Parse(request.Name, Names.Licences, "name", violations);
        var reference = WireText.Parse(request.Reference, "reference", ReferenceCharactersMax, violations);
        var day = PastDay(request.NotifiedDate, "notified_date", now, violations);
        violations.ThrowIfAny();
        var act = new LicenceAct(VersionChange.Notified, actor.Subject, reference!, now);
        var notification = new LicenceNotification(
            Guid.CreateVersion7(now), reference!, day!.Value, actor.Subject, now, "", "", null, "", null);
        return db.Write(
            tx => Requests.Once(
                tx, context.Method, request.RequestId, actor, request, now, () => Notify(tx, id!.Value, request.Etag, notification, act)),
            context.CancellationToken,
            request.ValidateOnly);
    }

    public Task<V1.Licence> Answered(V1.RecordAnswerRequest request, ServerCallContext context)
    {
        var (actor, now, violations) = (context.Actor(), clock.GetUtcNow(), new Violations());
        var id = WireName.Parse(request.Name, Names.Licences, "name", violations);
        var reference = WireText.Parse(request.Reference, "reference", ReferenceCharactersMax, violations);
        var day = PastDay(request.AnsweredDate, "answered_date", now, violations);
        var answer = request.Answer switch
        {
            V1.LicenceNotification.Types.Answer.Positive => LicenceNotification.Positive,
            V1.LicenceNotification.Types.Answer.Negative => LicenceNotification.Negative,
            _ => "",
        };
        if (answer.Length == 0)
            violations.Add("answer", LicenceReasons.AnswerMissing, request.Answer.ToString(), "POSITIVE or NEGATIVE");
        violations.ThrowIfAny();
        var act = new LicenceAct(VersionChange.Answered, actor.Subject, $"{answer} {reference}", now);
        return RefusalAudit.Guard(db, clock, actor, act.Action, request.Name, request.ValidateOnly, () => db.Write(
            tx => Requests.Once(
                tx, context.Method, request.RequestId, actor, request, now,
                () => Answer(tx, id!.Value, request.Etag, (answer, reference!, day!.Value), act)),
            context.CancellationToken,
            request.ValidateOnly));
    }

    private async Task<V1.Licence> Notify(Tx tx, Guid id, string etag, LicenceNotification notification, LicenceAct act)
    {
        var licence = Notifiable(await desk.Take(tx, id, etag), act);
        await NotificationStore.Insert(tx, id, notification);
        return await desk.Put(tx, licence, licence with { Notification = notification }, act);
    }

    private async Task<V1.Licence> Answer(
        Tx tx, Guid id, string etag, (string Answer, string Reference, DateOnly Day) given, LicenceAct act)
    {
        var licence = Notifiable(await desk.Take(tx, id, etag), act);
        if (licence.Notification is not { IsAnswered: false } open)
            throw new Refusal(LicenceReasons.NotificationNotOpen, "No notification of these terms waits for an answer; record a notification first.")
            {
                Metadata = new Dictionary<string, string> { ["licence"] = licence.Name },
            };
        LicenceState.ByAnother(licence, act, open.RecordedBy, "recorded the notification");
        if (given.Day < open.NotifiedOn)
            Violations.Throw("answered_date", LicenceReasons.NotificationDateInvalid, $"{given.Day:O}", $"{open.NotifiedOn:O}, the day of the notification, or later");
        var answered = open with
        {
            Answer = given.Answer, AnswerReference = given.Reference, AnsweredOn = given.Day, AnsweredBy = act.Actor, AnsweredAt = act.Now,
        };
        await NotificationStore.Answer(tx, answered);
        return await desk.Put(tx, licence, licence with { Notification = answered }, act);
    }

    private static Licence Notifiable(Licence licence, LicenceAct act) =>
        licence.Kind == LicenceKind.ExceptionNac
            ? LicenceState.From(licence, act, Licence.Draft, Licence.Active, Licence.Suspended)
            : throw new Refusal(
                LicenceReasons.NotificationNotNeeded, $"Only EXCEPTION_NAC is notified; this is {Codes<LicenceKind>.Of(licence.Kind)}.")
            {
                Metadata = new Dictionary<string, string> { ["licence"] = licence.Name },
            };

    // Today is the day it is somewhere on earth: an authority may be a day ahead of the machine.
    private static DateOnly? PastDay(Google.Type.Date? date, string field, DateTimeOffset now, Violations violations)
    {
        var day = WireDate.Parse(date, field, violations);
        var today = DateOnly.FromDateTime(now.UtcDateTime.AddHours(14));
        if (day > today)
            violations.Add(field, LicenceReasons.NotificationDateInvalid, $"{day:O}", $"a day up to today, {today:O}");
        return day;
    }
}
