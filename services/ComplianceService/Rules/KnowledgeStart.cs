using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Catalog;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>
/// Loads what is known before anything is served or consumed. A rule file that is refused, or a pack that contradicts what was published,
/// stops the start: without its rules the service must not answer.
/// </summary>
internal sealed class KnowledgeStart(ComplianceDb db, Knowledge knowledge, PackFiles pack, TimeProvider clock) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await db.Write(EnterPack, cancellationToken);
        await knowledge.Refresh(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Gives rules and parts of the pack the rows that lists are read from.</summary>
    private async Task EnterPack(Tx tx)
    {
        var now = clock.GetUtcNow();
        foreach (var rule in pack.Rules.Rules)
            if ((await RuleStore.FindRule(tx, $"rules/{rule.Id}"))?.Title != rule.Title)
                await RuleStore.Touch(tx, rule.Id, rule.Title, RuleRow.Pack, now);
        foreach (var revision in pack.Catalogue)
            if (await PartStore.Find(tx, revision.PartNumber) is null)
                await PartStore.Insert(tx, new PartRow
                {
                    Id = Guid.CreateVersion7(now),
                    PartNumber = revision.PartNumber,
                    Family = revision.Family ?? "",
                    Vendor = revision.Vendor,
                    CreatedAt = now,
                    UpdatedAt = now,
                });
    }
}
