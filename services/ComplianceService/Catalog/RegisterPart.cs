using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Catalog;

/// <summary>Proposes a part the catalogue does not know. Shipments of it stay held until a second person approves.</summary>
internal sealed class RegisterPart(ComplianceDb db, Knowledge knowledge, TimeProvider clock)
{
    private const string Action = "parts.register";

    public Task<V1.PartRevision> Answer(RegisterPartRequest request, ServerCallContext context)
    {
        var actor = context.Actor();
        return db.Write(
            tx => Requests.Once(
                tx, context.Method, request.RequestId, actor, request, clock.GetUtcNow(), () => Register(tx, request, actor)),
            context.CancellationToken,
            request.ValidateOnly);
    }

    private async Task<V1.PartRevision> Register(Tx tx, RegisterPartRequest request, Actor actor)
    {
        var violations = new Violations();
        var partNumber = WireItem.ParsePartNumber(request.PartNumber, "part_number", violations);
        var stated = PartStatements.Parse(request.Statement, "statement", violations);
        violations.ThrowIfAny();
        if (await PartStore.Find(tx, partNumber!) is not null)
            throw new Refusal(
                RegisterReasons.PartAlreadyRegistered, $"parts/{partNumber} is in the catalogue; RevisePart proposes other facts.")
            {
                Metadata = new Dictionary<string, string> { ["part"] = $"parts/{partNumber}" },
            };
        var now = clock.GetUtcNow();
        var part = new PartRow { Id = Guid.CreateVersion7(now), PartNumber = partNumber!, CreatedAt = now, UpdatedAt = now };
        await PartStore.Insert(tx, part);
        return await PartProposals.Add(tx, await knowledge.Current(tx), part, stated!, null, actor, Action, now);
    }
}
