using System.Text;
using System.Text.Json.Nodes;
using OrderTracking.AuditTrail;
using OrderTracking.AuditTrail.Evidence;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Service;
using OrderTracking.EvidenceVerifier;
using Xunit;
using AuditApi = OrderTracking.Compliance.V1.AuditService;

namespace OrderTracking.ComplianceService.Tests.Audit;

public sealed class EvidenceTests
{
    [Fact]
    public async Task Evidence_verifies_without_a_server_and_against_the_anchor_written_with_it()
    {
        var directory = Directory.CreateTempSubdirectory("anchors-").FullName;
        var path = Path.Combine(directory, "anchors.jsonl");
        await using var host = await Tampering.Busy(("Compliance:Audit:AnchorFile", path));

        var json = await Export(host);

        var checks = VerifyEvidence.Run(json, Anchor.ReadAll(await File.ReadAllTextAsync(path)));
        Assert.All(checks, check => Assert.True(check.Passed, check.ToString()));
        Assert.Contains(checks, check => check.Name == "anchor");
        Assert.Contains("LICENCE_MOVEMENT", json, StringComparison.Ordinal);
        Assert.Contains("RELEASE", json, StringComparison.Ordinal);
        Assert.Contains("PERMIT", json, StringComparison.Ordinal);
        Assert.All(VerifyEvidence.Run(await Export(host), null), check => Assert.True(check.Passed, check.ToString()));
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Every_changed_value_is_found_also_where_the_digest_is_made_anew()
    {
        await using var host = await Tampering.Busy();
        var json = await Export(host);
        var leaves = Leaves(JsonNode.Parse(json)!, "$").ToList();
        var unseen = new List<string>();

        foreach (var path in leaves)
        {
            var changed = Changed(json, path);
            Assert.Contains(VerifyEvidence.Run(changed, null), check => !check.Passed);
            if (path != "$.digest" && Readable(changed) is { } file
                && VerifyEvidence.Run(CanonicalJson.Of(file with { Digest = CanonicalJson.DigestOf(file) }), null).All(check => check.Passed))
                unseen.Add(path);
        }

        Assert.True(leaves.Count > 300, $"{leaves.Count} values");
        Assert.Empty(unseen);
    }

    [Fact]
    public async Task A_byte_too_many_is_found()
    {
        await using var host = await Tampering.Busy();
        var json = await Export(host);

        Assert.Contains(VerifyEvidence.Run(json + " ", null), check => !check.Passed);
        Assert.Contains(VerifyEvidence.Run(json.Replace("{\"chain\"", "{\"more\":1,\"chain\"", StringComparison.Ordinal), null), check => !check.Passed);
        Assert.Contains(VerifyEvidence.Run("not json", null), check => !check.Passed);
    }

    [Fact]
    public async Task A_decision_left_out_is_missed()
    {
        await using var host = await Tampering.Busy();
        var file = CanonicalJson.Read(await Export(host));
        var cut = file with { Decisions = [.. file.Decisions.Skip(1)] };

        var checks = VerifyEvidence.Run(CanonicalJson.Of(cut with { Digest = CanonicalJson.DigestOf(cut) }), null);

        Assert.Contains(checks, check => check is { Name: "completeness", Passed: false });
    }

    [Fact]
    public async Task The_page_encodes_every_text_and_runs_nothing()
    {
        await using var host = await Tampering.Busy();
        var goods = await Goods.Plan(host, "H20", "2025-06-02", "SG");
        await goods.Stands("READY");
        await new Staff(host).Ana.PlaceHoldAsync(
            new PlaceHoldRequest { Shipment = goods.Name, Reason = "OTHER", Explanation = "<script>alert(1)</script>&\"" });

        var page = (await Auditor(host).ExportEvidenceAsync(new ExportEvidenceRequest { Shipment = goods.Name })).Page.ToString(Encoding.UTF8);

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.Contains(EvidenceStatement.DisclaimerText.Split(',')[0], page, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
    }

    private static AuditApi.AuditServiceClient Auditor(ComplianceHost host) => host.As<AuditApi.AuditServiceClient>("ulla", "auditor");

    private static async Task<string> Export(ComplianceHost host)
    {
        var shipment = await host.Db.Read(tx => tx.QueryFirstOrDefault<string>("select shipment from permits order by seq"));
        var answer = await Auditor(host).ExportEvidenceAsync(new ExportEvidenceRequest { Shipment = shipment });
        return answer.Json.ToString(Encoding.UTF8);
    }

    private static EvidenceFile? Readable(string json)
    {
        try
        {
            return CanonicalJson.Read(json);
        }
        catch (Exception error) when (error is System.Text.Json.JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Leaves(JsonNode node, string path) => node switch
    {
        JsonObject members => members.SelectMany(member => Leaves(member.Value!, $"{path}.{member.Key}")),
        JsonArray items => items.SelectMany((item, index) => Leaves(item!, $"{path}[{index}]")),
        _ => [path],
    };

    private static string Changed(string json, string path)
    {
        var root = JsonNode.Parse(json)!;
        var node = root;
        foreach (var step in path[1..].Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
            node = step[0] == '[' ? node![int.Parse(step[1..^1], null)] : node![step];
        node!.ReplaceWith(JsonNode.Parse(node.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.String => JsonValue.Create(Flipped(node.GetValue<string>())).ToJsonString(),
            System.Text.Json.JsonValueKind.Number => $"{node.ToJsonString()}1",
            System.Text.Json.JsonValueKind.True => "false",
            _ => "true",
        }));
        return CanonicalJson.Of(root);
    }

    private static string Flipped(string text) => text.Length == 0 ? "x" : text[..^1] + (text[^1] == 'a' ? 'b' : 'a');
}
