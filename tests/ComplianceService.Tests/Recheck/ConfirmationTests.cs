using Microsoft.Extensions.DependencyInjection;
using OrderTracking.ComplianceService.Recheck;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Tests.Lists;
using OrderTracking.ComplianceService.Tests.Screening;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Recheck;

/// <summary>When a shipment may be marked without a transaction of its own, and when the mark must not be made.</summary>
public sealed class ConfirmationTests
{
    private const long Later = 5;

    [Theory]
    [InlineData("revision = revision + 1")]
    [InlineData("sequence = sequence + 1")]
    [InlineData("decision_number = decision_number + 1")]
    [InlineData("screening_number = screening_number + 1")]
    [InlineData("phase = 'PERMITTED'")]
    [InlineData("decide_again_at = '2025-03-02T00:00:00.0000000Z'")]
    [InlineData("decide_again_at = null")]
    public async Task What_happened_to_a_shipment_since_it_was_read_leaves_it_due(string change)
    {
        await using var host = await ComplianceHost.Start("2025-03-01T12:00:00Z");
        var (confirmation, _) = await Read(host, "L20", "JP", "READY");
        await host.Db.Write(tx => tx.Execute($"update shipments set {change}"));
        await Mark(host, confirmation!);

        Assert.Equal(0, await host.Count("shipments", $"known_version = {Later}"));
    }

    [Fact]
    public async Task What_still_stands_is_marked_ready_or_held()
    {
        await using var host = await ComplianceHost.Start("2025-05-01T12:00:00Z");
        var (ready, _) = await Read(host, "L20", "JP", "READY");
        Assert.True(await Mark(host, ready!));
        Assert.Equal(1, await host.Count("shipments", $"known_version = {Later}"));

        var (held, again) = await Read(host, "H20", "CN", "HELD");
        Assert.NotNull(held);
        await host.Db.Write(tx => tx.Execute("update holds set explanation = 'as read from other facts' where state = 'OPEN'"));
        Assert.Null(await again(host.Services.GetRequiredService<Knowledge>().Latest));
    }

    [Fact]
    public async Task What_was_decided_with_other_lists_is_not_marked()
    {
        await using var host = await ComplianceHost.Start("2025-03-01T12:00:00Z");
        var (ready, _) = await Read(host, "L20", "JP", "READY");
        var before = host.Services.GetRequiredService<Knowledge>().Latest;
        await new ListDesk(host).Import(ListFiles.Consolidated(new Listed("1", "Alphakon Industrija")), "2025-02-01");

        Assert.False(await Mark(host, ready!, before));
        Assert.Equal(0, await host.Count("shipments", $"known_version = {Later}"));
    }

    [Fact]
    public async Task What_an_amendment_touches_is_not_marked()
    {
        await using var host = await ComplianceHost.Start("2025-03-01T12:00:00Z");
        var (_, again) = await Read(host, "L20", "JP", "READY");
        var head = host.Services.GetRequiredService<Knowledge>().Latest;
        var draft = Pack.Amendment("T-DRAFT", 1, host.Clock.GetUtcNow(), Pack.InForce("always", "JP"));

        Assert.NotNull(await again(head));
        Assert.Null(await again(head.WithDraft(draft.Rule, draft.RuleTitle, draft.Content, draft.RecordedAt)));
    }

    /// <param name="head">What it was decided with; absent: what is known now.</param>
    private static Task<bool> Mark(ComplianceHost host, Confirmation confirmation, KnowledgeHead? head = null)
    {
        var knowledge = host.Services.GetRequiredService<Knowledge>();
        return host.Db.Write(tx => RecheckStore.Confirm(tx, knowledge, head ?? knowledge.Latest, [confirmation]));
    }

    /// <summary>The confirmation of one shipment with a later version of the same knowledge, and a way to ask again with other knowledge.</summary>
    private static async Task<(Confirmation? Confirmation, Func<KnowledgeHead, Task<Confirmation?>> Again)> Read(
        ComplianceHost host, string part, string destination, string standing)
    {
        var goods = await Goods.Plan(host, part, "2025-05-20", destination);
        await goods.Stands(standing);
        var knowledge = host.Services.GetRequiredService<Knowledge>();
        async Task<Confirmation?> Again(KnowledgeHead head)
        {
            var batch = await host.Db.Read(async tx => await RecheckStore.Load(
                tx, knowledge, [await tx.Scalar<long>("select seq from shipments where shipment_id = @id", new { id = goods.Snapshot.ShipmentId })]));
            var (shipment, holds) = Assert.Single(batch.Shipments);
            return Confirmation.Of(shipment, holds, head with { Version = Later }, host.Clock.GetUtcNow());
        }

        return (await Again(knowledge.Latest), Again);
    }
}
