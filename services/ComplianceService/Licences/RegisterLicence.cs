using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Licences.Changes;
using OrderTracking.ComplianceService.Rules;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Licences;

/// <summary>
/// Registers what an authority has issued. It settles nothing by itself: a release rests on it, which one person proposes and another
/// approves.
/// </summary>
internal sealed class RegisterLicence(ComplianceDb db, Knowledge knowledge, TimeProvider clock)
{
    public Task<V1.Licence> Answer(RegisterLicenceRequest request, ServerCallContext context)
    {
        var actor = context.Actor();
        return db.Write(
            tx => Requests.Once(
                tx, context.Method, request.RequestId, actor, request, clock.GetUtcNow(), () => Register(tx, request, actor)),
            context.CancellationToken,
            request.ValidateOnly);
    }

    private async Task<V1.Licence> Register(Tx tx, RegisterLicenceRequest request, Actor actor)
    {
        var violations = new Violations();
        var stated = LicenceStatement.Parse(request.Licence, "licence", (await knowledge.Current(tx)).Rules, null, violations);
        violations.ThrowIfAny();
        var now = clock.GetUtcNow();
        var licence = stated! with
        {
            Id = Guid.CreateVersion7(now),
            State = request.Draft ? Licence.Draft : Licence.Active,
            RegisteredBy = actor.Subject,
            StatedBy = actor.Subject,
            CreatedAt = now,
            UpdatedAt = now,
        };
        if (!await LicenceRecord.Insert(tx, licence))
            throw new Refusal(RegisterReasons.LicenceNumberTaken, $"A licence with the number {licence.Number} is registered already.")
            {
                Metadata = new Dictionary<string, string> { ["number"] = licence.Number },
            };
        return await LicenceDesk.Tell(tx, licence, new LicenceAct(VersionChange.Registered, actor.Subject, "", now));
    }
}
