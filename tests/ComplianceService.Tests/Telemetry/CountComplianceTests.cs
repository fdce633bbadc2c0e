using Microsoft.Extensions.DependencyInjection;
using OrderTracking.BuildingBlocks.Telemetry;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Telemetry;

/// <summary>What is counted from the database, by hand-made rows of each age.</summary>
public sealed class CountComplianceTests
{
    private const string InsertHold = """
        insert into holds (hold_id, shipment, order_name, origin, reason, hold_class, state, lapsed, effect, review_policy, missing_facts,
            explanation, citation, amendment, decision_id, owner, opened_by, close_reason, part_number, planned_ship_date, buyer,
            destination_country, currency, value_minor, version, created_at, updated_at)
        values (@id, @shipment, 'orders/o', 'HAND', @reason, 'LEGAL', @state, 0, '', '', '', '', '', '', null, '', '', '', '', @day, '', '', '', 0, 1,
            @createdAt, @createdAt)
        """;

    [Fact]
    public async Task Holds_are_counted_by_reason_and_age_and_settled_ones_are_not()
    {
        await using var host = await ComplianceHost.Start("2025-04-01T12:00:00Z");
        var now = host.Clock.GetUtcNow();
        await host.Db.Write(async tx =>
        {
            await Insert("STOP_SHIP", "OPEN", 0.5);
            await Insert("STOP_SHIP", "RELEASE_PROPOSED", 3);
            await Insert("STOP_SHIP", "OPEN", 30);
            await Insert("STOP_SHIP", "SETTLED", 60);
            await Insert("PARTY_MATCH/list/1", "OPEN", 8);
            await Insert("PARTY_MATCH/list/2", "OPEN", 9);

            Task Insert(string reason, string state, double daysAgo) => tx.Execute(InsertHold, new
            {
                id = Guid.CreateVersion7(now),
                shipment = $"shipments/{Guid.CreateVersion7(now)}",
                reason,
                state,
                day = new DateOnly(2025, 4, 9),
                createdAt = now.AddDays(-daysAgo),
            });
        });
        var counts = await Count(host);
        Assert.Equal(1, Holds(counts, "STOP_SHIP", "under_a_day"));
        Assert.Equal(1, Holds(counts, "STOP_SHIP", "under_a_week"));
        Assert.Equal(1, Holds(counts, "STOP_SHIP", "over_a_week"));
        Assert.Equal(2, Holds(counts, "PARTY_MATCH", "over_a_week"));
        Assert.Equal(TimeSpan.FromDays(30).TotalSeconds, counts.Single(count => count.Gauge == "ordertracking.holds.oldest_age").Value);
    }

    [Fact]
    public async Task Rules_age_until_something_is_recorded()
    {
        await using var host = await ComplianceHost.Start("2025-04-01T12:00:00Z");
        host.Clock.Set(host.Clock.GetUtcNow().AddDays(100));
        var age = (await Count(host)).Single(count => count.Gauge == "ordertracking.rules.age").Value;
        Assert.Equal(TimeSpan.FromDays(100).TotalSeconds, age, TimeSpan.FromMinutes(1).TotalSeconds);
    }

    private static Task<IReadOnlyList<Counted>> Count(ComplianceHost host) =>
        host.Db.Read(tx => host.Services.GetRequiredService<DatabaseCount>().Take(tx, host.Clock.GetUtcNow()));

    private static double Holds(IEnumerable<Counted> counts, string reason, string age) => counts.Single(count =>
        count.Gauge == "ordertracking.holds.open"
        && count.Labels.Any(label => (string?)label.Value == reason)
        && count.Labels.Any(label => (string?)label.Value == age)).Value;
}
