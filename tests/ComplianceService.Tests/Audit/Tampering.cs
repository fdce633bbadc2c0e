using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using OrderTracking.AuditTrail;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Audit.Verification;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Audit;

/// <summary>Somebody who can write the database file, and somebody who verifies it afterwards.</summary>
internal static class Tampering
{
    private const string TriggersOff = """
        drop trigger audit_chain_never_changes;
        drop trigger audit_chain_is_kept;
        drop trigger audit_heads_only_grow;
        drop trigger audit_payloads_never_change;
        drop trigger audit_payloads_are_kept;
        drop trigger audit_checkpoints_never_change;
        drop trigger audit_checkpoints_are_kept;
        drop trigger audit_blocks_never_change;
        drop trigger audit_blocks_are_kept;
        drop trigger decisions_never_change;
        drop trigger decisions_are_kept;
        drop trigger licence_movements_are_never_edited;
        """;

    public const string LicensedRule = "US-2025-04-NVIDIA-LETTER";

    /// <summary>Compliance with a shipment that left under a licence and one that was stopped: some thirty entries.</summary>
    public static async Task<ComplianceHost> Busy(params (string Key, string Value)[] settings)
    {
        var host = await ComplianceHost.Start("2025-06-01T12:00:00Z", settings);
        var staff = new Staff(host);
        await staff.Forbid("T-BUSY", "FR");
        var licence = await staff.Register(LicensedRule);
        var licensed = await Goods.Plan(host, "H20", "2025-06-01");
        await staff.Settle(await licensed.Held(LicensedRule), "LICENCE", licence.Name);
        await licensed.Stands("READY");
        await licensed.Authorize();
        var stopped = await Goods.Plan(host, "H20", "2025-06-02", "SG");
        await stopped.Stands("READY");
        await staff.Ana.PlaceHoldAsync(new PlaceHoldRequest { Shipment = stopped.Name, Reason = "CREDIT", Explanation = "the buyer owes us" });
        await host.Quiet();
        return host;
    }

    public static async Task Do(ComplianceHost host, string sql, object? parameters = null)
    {
        await using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(host.Services.GetRequiredService<StorageOptions>().DataDirectory, "compliance.db")};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        if (await connection.ExecuteScalarAsync<long>("select count(*) from sqlite_master where name = 'audit_chain_never_changes'") > 0)
            await connection.ExecuteAsync(TriggersOff);
        await connection.ExecuteAsync(sql, parameters);
    }

    public static Task<TrailReport> Verify(ComplianceHost host, long expected = 0, params Anchor[] anchors) =>
        host.Services.GetRequiredService<VerifyTrail>().Run(
            new TrailRange(1, 0, expected, anchors), (_, _) => Task.CompletedTask, TestContext.Current.CancellationToken);
}
