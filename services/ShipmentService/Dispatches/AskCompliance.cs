using Google.Rpc;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ShipmentService.Shipments;
using OrderTracking.Wire;
using ComplianceApi = OrderTracking.Compliance.V1.ComplianceService;

namespace OrderTracking.ShipmentService.Dispatches;

/// <summary>Asks compliance for a permit. Only a permit is a pass; whatever is not surely an answer is asked again.</summary>
internal sealed class AskCompliance(ComplianceApi.ComplianceServiceClient compliance, ShipmentOptions options)
{
    private const string FactsSuperseded = "FACTS_SUPERSEDED";

    // A deadline is an instant of the wall clock, also while the business clock is a simulated one.
    private static readonly TimeProvider Clock = TimeProvider.System;

    /// <summary>Asks once.</summary>
    /// <param name="attemptId">Compliance grants one permit for it, however often it is asked.</param>
    public async Task<PermitAnswer> Ask(Shipment shipment, Guid attemptId, bool validateOnly, CancellationToken cancellation)
    {
        var question = QuestionOf(shipment, attemptId, validateOnly);
        try
        {
            var deadline = Clock.GetUtcNow().UtcDateTime + options.AuthorizeDeadline;
            var permit = await compliance.AuthorizeDispatchAsync(
                question, new CallOptions(deadline: deadline, cancellationToken: cancellation));
            return AnswerOf(permit, question);
        }
        catch (RpcException error)
        {
            return AnswerOf(error, shipment);
        }
    }

    private static AuthorizeDispatchRequest QuestionOf(Shipment shipment, Guid attemptId, bool validateOnly) => new()
    {
        Shipment = WireName.Of("shipments", shipment.Id),
        ShipmentRevision = shipment.Revision,
        Order = WireName.Of("orders", shipment.OrderId),
        RequestId = attemptId.ToString("D"),
        ValidateOnly = validateOnly,
        Facts = new ShipmentFacts
        {
            Item = WireItem.Of(shipment.Item),
            Exporter = shipment.Terms.Exporter,
            PlaceOfExport = WirePlace.Of(shipment.Terms.PlaceOfExportCountry, shipment.Terms.PlaceOfExportTimeZone),
            DestinationCountry = shipment.Terms.DestinationCountry,
            Movement = WireMovement.Of(shipment.Terms.Movement),
            Parties = { shipment.Terms.Parties.Select(WireParty.Of) },
            ShipDate = WireDate.Of(shipment.PlannedShipDate),
            Quantity = shipment.Quantity,
            Value = WireMoney.Of(shipment.Value),
        },
    };

    private static PermitAnswer AnswerOf(Permit permit, AuthorizeDispatchRequest question)
    {
        if (question.ValidateOnly)
            return new PermitAnswer.Granted(null, "", Revoked: false);
        var facts = WireFacts.DigestOf(question.Facts);
        // A permit granted before permits had digests has none: its revision, of which the facts never change, must do.
        var belongs = permit.Shipment == question.Shipment && permit.ShipmentRevision == question.ShipmentRevision
            && (permit.FactsDigest == facts || permit.FactsDigest.Length == 0);
        var violations = new Violations();
        return belongs && WireName.Parse(permit.Name, "permits", "permit", violations) is { } id
            ? new PermitAnswer.Granted(id, facts, permit.State == Permit.Types.State.Revoked)
            : new PermitAnswer.NoAnswer(
                $"compliance answered with permit '{permit.Name}' of {permit.Shipment} revision {permit.ShipmentRevision}, facts {permit.FactsDigest}");
    }

    private static PermitAnswer AnswerOf(RpcException error, Shipment shipment)
    {
        var details = error.GetRpcStatus();
        var info = details?.GetDetail<ErrorInfo>();
        var reason = info?.Reason ?? "";
        if (error.StatusCode == StatusCode.FailedPrecondition && reason == ShipmentReasons.DispatchRefused.Name)
            return new PermitAnswer.Refused(
                new StoredRefusal(true, error.Status.Detail, info!.Metadata.ToDictionary(), ViolationsOf(details!)),
                ScreeningOf(info, shipment));
        return IsFinal(error.StatusCode, reason)
            ? new PermitAnswer.NotDecided(NotDecided(error, reason))
            : new PermitAnswer.NoAnswer($"{error.StatusCode} {reason}: {error.Status.Detail}");
    }

    // What compliance says only after it has looked whether this attempt has its permit already. Everything else, be it a defect, a
    // missing right or silence, may hide a permit that was granted.
    private static bool IsFinal(StatusCode code, string reason) =>
        (code == StatusCode.Aborted && reason == FactsSuperseded)
        || code is StatusCode.InvalidArgument or StatusCode.NotFound or StatusCode.FailedPrecondition
            or StatusCode.AlreadyExists or StatusCode.OutOfRange;

    private static StoredRefusal NotDecided(RpcException error, string reason) => new(
        false,
        $"Compliance could not decide: {error.Status.Detail}",
        new Dictionary<string, string> { ["compliance_code"] = error.StatusCode.ToString(), ["compliance_reason"] = reason },
        []);

    private static IReadOnlyList<PreconditionViolation> ViolationsOf(Google.Rpc.Status details) =>
        [.. (details.GetDetail<PreconditionFailure>()?.Violations ?? []).Select(violation =>
            new PreconditionViolation(violation.Type, violation.Subject, violation.Description))];

    private static Screening? ScreeningOf(ErrorInfo info, Shipment shipment)
    {
        var standing = info.Metadata.GetValueOrDefault("standing") switch
        {
            "HELD" => ShipmentState.Held,
            "BLOCKED" => ShipmentState.Blocked,
            // Refused for today and allowed on its planned day.
            "READY" => ShipmentState.Ready,
            _ => (ShipmentState?)null,
        };
        if (standing is null || !long.TryParse(info.Metadata.GetValueOrDefault("screening_number"), out var number))
            return null;
        var decision = WireName.Parse(info.Metadata.GetValueOrDefault("decision") ?? "", "decisions", "decision", new Violations());
        var reasons = (info.Metadata.GetValueOrDefault("reasons") ?? "").Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new Screening(number, shipment.Revision, standing.Value, shipment.Overdue, decision, reasons);
    }
}
