using Google.Protobuf.WellKnownTypes;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Releases;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Holds;

/// <summary>Holds and releases as callers see them.</summary>
internal static class HoldMapping
{
    public static V1.Hold Of(Hold hold)
    {
        var message = new V1.Hold
        {
            Name = Names.Hold(hold.Id),
            Uid = hold.Id.ToString("D"),
            CreateTime = hold.CreatedAt.ToTimestamp(),
            UpdateTime = hold.UpdatedAt.ToTimestamp(),
            Etag = Etag.Of(hold.Version),
            State = Of(hold.State),
            Shipment = Names.Shipment(hold.ShipmentId),
            Order = Names.Order(hold.OrderId),
            Reason = hold.Reason,
            Explanation = hold.Ground.Explanation,
            Citation = hold.Ground.Citation,
            Amendment = hold.Ground.Amendment,
            Decision = hold.DecisionId is { } decision ? Names.Decision(decision) : "",
            Owner = hold.Owner,
            OpenedBy = hold.OpenedBy,
            CloseReason = hold.CloseReason,
            PartNumber = hold.Goods.PartNumber,
            PlannedShipDate = WireDate.Of(hold.Goods.PlannedShipDate),
        };
        if (hold.Ground.Effect is { } effect)
            (message.Effect, message.ReviewPolicy) = (WireCodes.Of(effect), WireCodes.Of(hold.Ground.ReviewPolicy));
        message.MissingFacts.AddRange(hold.Ground.MissingFacts.Split(',', StringSplitOptions.RemoveEmptyEntries));
        message.Origin = Of(hold.Origin);
        message.HoldClass = Of(hold.Class);
        message.Lapsed = hold.Lapsed;
        message.Buyer = hold.Goods.Buyer;
        message.DestinationCountry = hold.Goods.DestinationCountry;
        message.Value = hold.Goods.Value is { } value ? WireMoney.Of(value) : null;
        message.Releases.AddRange(hold.Releases.Select(release => Of(release, hold)));
        return message;
    }

    public static V1.Release Of(Release release, Hold hold) => Of(release, Names.Shipment(hold.ShipmentId), hold.Reason);

    /// <param name="shipment">The name of the hold's shipment.</param>
    /// <param name="reason">The reason of the hold.</param>
    public static V1.Release Of(Release release, string shipment, string reason)
    {
        var message = Plain(release);
        (message.Shipment, message.HoldReason) = (shipment, reason);
        message.Changes.AddRange(release.Changes.Select(change => new V1.Release.Types.Change
        {
            Field = change.Field,
            Before = change.Before,
            After = change.After,
        }));
        return message;
    }

    private static V1.Release Plain(Release release) => new()
    {
        Hold = Names.Hold(release.HoldId),
        ExpireTime = release.ExpiresAt?.ToTimestamp(),
        Name = Names.Release(release.HoldId, release.Id),
        Uid = release.Id.ToString("D"),
        CreateTime = release.CreatedAt.ToTimestamp(),
        UpdateTime = release.UpdatedAt.ToTimestamp(),
        Etag = Etag.Of(release.Version),
        State = Of(release.State),
        ReasonCode = release.ReasonCode,
        Note = release.Note,
        Licence = release.LicenceId is { } licence ? Names.Licence(licence) : "",
        FirstShipDate = WireDate.Of(release.FirstShipDate),
        LastShipDate = WireDate.Of(release.LastShipDate),
        ProposedBy = release.ProposedBy,
        DecidedBy = release.DecidedBy,
        DecideTime = release.DecidedAt?.ToTimestamp(),
        CloseReason = release.CloseReason,
        FactsDigest = release.FactsDigest,
        Amendment = release.Amendment,
    };

    private static V1.Hold.Types.Origin Of(HoldOrigin origin) => origin switch
    {
        HoldOrigin.Finding => V1.Hold.Types.Origin.Finding,
        HoldOrigin.Departure => V1.Hold.Types.Origin.Departure,
        HoldOrigin.Hand => V1.Hold.Types.Origin.Hand,
        _ => V1.Hold.Types.Origin.Check,
    };

    private static V1.Hold.Types.HoldClass Of(HoldClass @class) => @class switch
    {
        HoldClass.Legal => V1.Hold.Types.HoldClass.Legal,
        HoldClass.Credit => V1.Hold.Types.HoldClass.Credit,
        _ => V1.Hold.Types.HoldClass.Address,
    };

    private static V1.Hold.Types.State Of(HoldState state) => state switch
    {
        HoldState.Open => V1.Hold.Types.State.Open,
        HoldState.ReleaseProposed => V1.Hold.Types.State.ReleaseProposed,
        HoldState.Settled => V1.Hold.Types.State.Settled,
        _ => V1.Hold.Types.State.Voided,
    };

    private static V1.Release.Types.State Of(ReleaseState state) => state switch
    {
        ReleaseState.Proposed => V1.Release.Types.State.Proposed,
        ReleaseState.Approved => V1.Release.Types.State.Approved,
        ReleaseState.Rejected => V1.Release.Types.State.Rejected,
        ReleaseState.Voided => V1.Release.Types.State.Voided,
        _ => V1.Release.Types.State.Expired,
    };
}
