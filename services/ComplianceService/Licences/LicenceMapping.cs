using Google.Protobuf.WellKnownTypes;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Licences.Exceptions;
using OrderTracking.Contracts;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;
using WirePartyRole = OrderTracking.Types.V1.PartyRole;

namespace OrderTracking.ComplianceService.Licences;

internal static class LicenceMapping
{
    // The last place on earth where a day ends.
    private static readonly TimeSpan LastZone = TimeSpan.FromHours(-12);

    /// <summary>The day that has come in every zone: a licence whose last day is before it is over wherever goods leave.</summary>
    public static DateOnly DayEverywhere(DateTimeOffset now) => DateOnly.FromDateTime(now.ToOffset(LastZone).DateTime);

    /// <summary>A licence as callers see it: what people set, or that its days or units are over.</summary>
    public static V1.Licence Of(Licence licence, DateTimeOffset now)
    {
        var message = new V1.Licence
        {
            Name = licence.Name,
            Uid = licence.Id.ToString("D"),
            CreateTime = Timestamp.FromDateTimeOffset(licence.CreatedAt),
            UpdateTime = Timestamp.FromDateTimeOffset(licence.UpdatedAt),
            Etag = Etag.Of(licence.Version),
            State = StateOf(licence, now),
            Number = licence.Number,
            Authority = licence.Authority,
            Licensee = licence.Licensee,
            ValidFrom = WireDate.Of(licence.ValidFrom),
            ValidTo = WireDate.Of(licence.ValidTo),
            Conditions = licence.Conditions,
            RegisteredBy = licence.RegisteredBy,
            Kind = (V1.Licence.Types.Kind)((int)licence.Kind + 1),
            ValueTolerancePercent = licence.ValueTolerancePercent,
            StateReason = licence.StateReason,
            StatedBy = licence.StatedBy,
            Revision = licence.Revision,
            Notification = licence.Notification is { } notification ? Of(notification) : null,
        };
        message.Rules.AddRange(licence.Rules);
        message.Lines.AddRange(licence.Lines.Select(Of));
        message.Parties.AddRange(licence.Parties.Select(Of));
        message.DestinationCountries.AddRange(licence.Destinations);
        message.ExcludedHeadquartersCountries.AddRange(licence.ExcludedHeadquarters);
        return message;
    }

    private static V1.LicenceParty Of(LicenceParty party) => new()
    {
        Name = party.Name,
        Country = party.Country,
        Role = party.Role is { } role ? (WirePartyRole)((int)role + 1) : WirePartyRole.Unspecified,
    };

    private static V1.LicenceNotification Of(LicenceNotification notification) => new()
    {
        NotifiedDate = WireDate.Of(notification.NotifiedOn),
        Reference = notification.Reference,
        RecordedBy = notification.RecordedBy,
        Answer = notification.Answer switch
        {
            LicenceNotification.Positive => V1.LicenceNotification.Types.Answer.Positive,
            LicenceNotification.Negative => V1.LicenceNotification.Types.Answer.Negative,
            _ => V1.LicenceNotification.Types.Answer.Unspecified,
        },
        AnsweredDate = WireDate.Of(notification.AnsweredOn),
        AnswerReference = notification.AnswerReference,
        AnsweredBy = notification.AnsweredBy,
    };

    public static V1.LicenceMovement Of(LicenceMovementRow row) => new()
    {
        Sequence = row.Sequence,
        Kind = row.Kind switch
        {
            HeldUse.Reserved => V1.LicenceMovement.Types.Kind.Reserved,
            HeldUse.Drawn => V1.LicenceMovement.Types.Kind.Drawn,
            LicenceLedger.ReservationReturned => V1.LicenceMovement.Types.Kind.ReservationReturned,
            _ => V1.LicenceMovement.Types.Kind.DrawReturned,
        },
        LineNumber = (int)row.LineNumber,
        Quantity = row.Quantity,
        Value = row.Currency is null ? null : WireMoney.Of(new MoneyAmount(row.Currency, row.ValueMinor!.Value)),
        Shipment = $"shipments/{row.ShipmentId:D}",
        CreateTime = Timestamp.FromDateTimeOffset(row.CreatedAt),
        Reason = row.Reason,
    };

    private static V1.LicenceLine Of(LicenceLine line) => new()
    {
        Number = line.Number,
        PartNumber = line.PartNumber ?? "",
        Family = line.Family ?? "",
        ControlParagraph = line.ControlParagraph ?? "",
        Quantity = line.Quantity ?? 0,
        Value = line.Value is null ? null : WireMoney.Of(line.Value),
        ReservedQuantity = line.ReservedQuantity,
        DrawnQuantity = line.DrawnQuantity,
        UsedValue = line.Value is null ? null : WireMoney.Of(new MoneyAmount(line.Value.CurrencyCode, line.UsedValueMinor)),
        ValueLimit = line.Value is null ? null : WireMoney.Of(new MoneyAmount(line.Value.CurrencyCode, line.ValueLimitMinor!.Value)),
    };

    private static V1.Licence.Types.State StateOf(Licence licence, DateTimeOffset now) => licence.State switch
    {
        Licence.Active when licence.ValidTo < DayEverywhere(now) => V1.Licence.Types.State.Expired,
        Licence.Active when licence.Lines.All(line => line.Exhausted) => V1.Licence.Types.State.Exhausted,
        Licence.Active => V1.Licence.Types.State.Active,
        Licence.Draft => V1.Licence.Types.State.Draft,
        Licence.Suspended => V1.Licence.Types.State.Suspended,
        _ => V1.Licence.Types.State.Revoked,
    };
}
