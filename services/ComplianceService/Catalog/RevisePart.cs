using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Rules;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Catalog;

/// <summary>Proposes other facts in place of the known ones, whole.</summary>
internal sealed class RevisePart(ComplianceDb db, Knowledge knowledge, ComplianceOptions options, TimeProvider clock)
{
    private const string Action = "parts.revise";

    public Task<V1.PartRevision> Answer(RevisePartRequest request, ServerCallContext context)
    {
        var actor = context.Actor();
        return db.Write(
            tx => Requests.Once(
                tx, context.Method, request.RequestId, actor, request, clock.GetUtcNow(), () => Revise(tx, request, actor)),
            context.CancellationToken,
            request.ValidateOnly);
    }

    private async Task<V1.PartRevision> Revise(Tx tx, RevisePartRequest request, Actor actor)
    {
        var violations = new Violations();
        var partNumber = PartStatements.ParseName(request.Name, violations);
        var stated = PartStatements.Parse(request.Statement, "statement", violations);
        violations.ThrowIfAny();
        var part = await PartProposals.Require(tx, partNumber!, request.Etag, options.StrictEtags);
        var now = clock.GetUtcNow();
        await PartProposals.Touch(tx, part, now);
        return await PartProposals.Add(tx, await knowledge.Current(tx), part, stated!, null, actor, Action, now);
    }
}
