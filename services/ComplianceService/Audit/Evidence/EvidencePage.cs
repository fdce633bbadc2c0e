using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using OrderTracking.AuditTrail.Evidence;

namespace OrderTracking.ComplianceService.Audit.Evidence;

/// <summary>The evidence for people: one page that needs nothing else, prints well and runs no script. Every text in it is encoded.</summary>
internal static class EvidencePage
{
    private const string Head = """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>Evidence</title><style>
        body{font:11pt/1.4 Georgia,serif;margin:2cm auto;max-width:19cm;padding:0 1cm}
        h1,h2,h3{font-family:Helvetica,Arial,sans-serif;line-height:1.2}h2{border-bottom:1px solid #999;margin-top:2em}
        table{border-collapse:collapse;width:100%;margin:.5em 0}td,th{border:1px solid #bbb;padding:.2em .4em;text-align:left;vertical-align:top;
        overflow-wrap:anywhere}th{background:#eee}pre,code{font:8.5pt/1.3 monospace;white-space:pre-wrap;overflow-wrap:anywhere}
        @media print{body{margin:0;max-width:none}h2{break-after:avoid}tr{break-inside:avoid}}
        </style></head><body>
        """;

    public static string Of(EvidenceFile file)
    {
        var page = new StringBuilder(Head);
        var statement = file.Statement;
        page.Append("<h1>Evidence of ").Text(statement.Shipment).Append("</h1><p>").Text(statement.Disclaimer).Append("</p><table>");
        Row(page, "Order", statement.Order);
        Row(page, "Where it stands", $"{statement.Phase} {statement.Standing}, revision {statement.Revision}");
        Row(page, "Planned ship date", statement.PlannedShipDate);
        Row(page, "Departed", statement.DepartedDate.Length == 0 ? "not known" : statement.DepartedDate);
        Row(page, "Exported", $"{statement.ExportedAt} by {statement.ExportedBy}");
        Row(page, "Digest of the JSON", file.Digest);
        Row(page, "Checkpoint", $"{file.Checkpoint.Size} entries, root {file.Checkpoint.Root}, last entry {file.Checkpoint.HeadHash}");
        page.Append("</table><h2>Decisions</h2>");
        foreach (var decision in file.Decisions)
            Decision(page, decision);
        page.Append("<h2>Holds, releases, permits and licence movements</h2>");
        foreach (var record in file.Records)
            page.Append("<h3>").Text($"{record.Kind} {record.Name}, entry {record.Entry}").Append("</h3><pre>").Text(record.Text).Append("</pre>");
        page.Append("<h2>Governing amendments</h2>");
        foreach (var amendment in statement.Amendments)
            page.Append("<h3>").Text(amendment.Name).Append("</h3><p><code>").Text(amendment.Digest).Append("</code></p><pre>")
                .Text(amendment.Definition).Append("</pre>");
        Chain(page, file);
        return page.Append("</body></html>\n").ToString();
    }

    private static void Decision(StringBuilder page, EvidenceDecision decision)
    {
        var content = decision.Decision;
        page.Append("<h3>").Text($"{Member(content, "outcome")} {decision.Name}, entry {decision.Entry}").Append("</h3><table>");
        foreach (var name in (string[])["number", "occasion", "createTime", "knownAt", "actor", "factsDigest", "rulesDigest", "engineVersion", "traceId"])
            Row(page, name, Member(content, name));
        Row(page, "facts", content["facts"]?.ToJsonString() ?? "");
        page.Append("</table><table><tr><th>Rule</th><th>Effect</th><th>Why</th><th>Citation</th></tr>");
        foreach (var finding in content["findings"]?.AsArray() ?? [])
            page.Append("<tr><td>").Text(Member(finding, "rule")).Append("</td><td>").Text(Member(finding, "effect")).Append("</td><td>")
                .Text(Member(finding, "explanation")).Append("</td><td>").Text(Member(finding, "citation")).Append("</td></tr>");
        page.Append("</table>");
    }

    private static void Chain(StringBuilder page, EvidenceFile file)
    {
        page.Append("<h2>Entries of the audit chain</h2><table><tr><th>Entry</th><th>When</th><th>Who</th><th>What</th><th>Hash</th></tr>");
        foreach (var entry in file.Chain.Select(one => one.Entry))
            page.Append("<tr><td>").Text(entry.Seq.ToString(CultureInfo.InvariantCulture)).Append("</td><td>").Text(entry.RecordedAt)
                .Append("</td><td>").Text(entry.Actor).Append("</td><td>").Text($"{entry.Action} {entry.Outcome} {entry.Subject} {entry.Detail}")
                .Append("</td><td><code>").Text(entry.Hash).Append("</code></td></tr>");
        page.Append("</table>");
    }

    private static void Row(StringBuilder page, string name, string value) =>
        page.Append("<tr><th>").Text(name).Append("</th><td>").Text(value).Append("</td></tr>");

    private static string Member(JsonNode? node, string name) => node?[name] is { } value ? value.ToString() : "";

    private static StringBuilder Text(this StringBuilder page, string text) => page.Append(WebUtility.HtmlEncode(text));
}
