using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Audit;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Licences.Changes;

/// <summary>Changes the terms of a licence as its authority did, never below what is used.</summary>
internal sealed class AmendLicence(ComplianceDb db, LicenceDesk desk, Knowledge knowledge, TimeProvider clock)
{
    private static readonly string[] Writable =
    [
        "authority", "rules", "lines", "parties", "destination_countries", "excluded_headquarters_countries", "valid_from", "valid_to",
        "conditions", "value_tolerance_percent",
    ];

    private static readonly FieldMask.MergeOptions Replace = new()
    {
        ReplaceMessageFields = true,
        ReplaceRepeatedFields = true,
        ReplacePrimitiveFields = true,
    };

    public Task<V1.Licence> Answer(V1.AmendLicenceRequest request, ServerCallContext context)
    {
        var actor = context.Actor();
        var violations = new Violations();
        var id = WireName.Parse(request.Licence?.Name ?? "", Names.Licences, "licence.name", violations);
        var reason = LicenceTexts.Reason(request.Reason, violations);
        var paths = UpdateMask.Resolve(request.UpdateMask, request.Licence ?? new V1.Licence(), Writable);
        if (paths.Count == 0)
            violations.Add("update_mask", BuildingReasons.UpdateMaskInvalid, null, $"at least one of {string.Join(", ", Writable)}, or *");
        violations.ThrowIfAny();
        var act = new LicenceAct(VersionChange.Amended, actor.Subject, reason, clock.GetUtcNow());
        return RefusalAudit.Guard(db, clock, actor, act.Action, request.Licence!.Name, request.ValidateOnly, () => db.Write(
            tx => Requests.Once(
                tx, context.Method, request.RequestId, actor, request, act.Now, () => Amend(tx, id!.Value, request.Licence, paths, act)),
            context.CancellationToken,
            request.ValidateOnly));
    }

    private async Task<V1.Licence> Amend(Tx tx, Guid id, V1.Licence given, IReadOnlySet<string> paths, LicenceAct act)
    {
        var before = LicenceState.From(
            await desk.Take(tx, id, given.Etag), act, Licence.Draft, Licence.Active, Licence.Suspended);
        var stated = LicenceMapping.Of(before, act.Now);
        new FieldMask { Paths = { paths } }.Merge(given, stated, Replace);
        var violations = new Violations();
        var terms = LicenceStatement.Parse(stated, "licence", (await knowledge.Current(tx)).Rules, before, violations);
        violations.ThrowIfAny();
        var after = Amendment.Carry(before, Terms(before, terms!), await LicenceStore.Counted(tx, id));
        var shown = LicenceMapping.Of(after, act.Now);
        if (shown.Equals(LicenceMapping.Of(before, act.Now)))
            return shown;
        return await desk.Put(tx, before, Widened(before, after, act), act);
    }

    private static Licence Terms(Licence before, Licence terms) => before with
    {
        Authority = terms.Authority,
        Rules = terms.Rules,
        Lines = terms.Lines,
        LastLine = terms.LastLine,
        Parties = terms.Parties,
        Destinations = terms.Destinations,
        ExcludedHeadquarters = terms.ExcludedHeadquarters,
        ValidFrom = terms.ValidFrom,
        ValidTo = terms.ValidTo,
        Conditions = terms.Conditions,
        ValueTolerancePercent = terms.ValueTolerancePercent,
    };

    // A draft is activated by another person than wrote it last; what the authority answered was about narrower terms.
    private static Licence Widened(Licence before, Licence after, LicenceAct act)
    {
        if (before.State == Licence.Draft)
            return after with { StatedBy = act.Actor, Notification = null };
        return !Amendment.Widens(before, after)
            ? after
            : LicenceState.ByAnother(after, act, before.StatedBy, "stated the terms it widens") with { StatedBy = act.Actor, Notification = null };
    }
}
