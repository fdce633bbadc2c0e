using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using OrderTracking.AuditTrail;
using OrderTracking.AuditTrail.Evidence;
using OrderTracking.Compliance.V1;

namespace OrderTracking.EvidenceVerifier;

/// <summary>Holds a piece of evidence against itself, and against anchors where there are some. It asks no server.</summary>
public static class VerifyEvidence
{
    private const string DecisionKind = "DECISION";
    private const string AmendmentKind = "AMENDMENT";

    /// <param name="json">The file's text.</param>
    /// <param name="anchors">Heads of the chain that were written down outside; null: none are at hand.</param>
    public static IReadOnlyList<Check> Run(string json, IReadOnlyList<Anchor>? anchors)
    {
        EvidenceFile file;
        try
        {
            file = CanonicalJson.Read(json);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return [new Check("form", false, $"This is no evidence of the form '{EvidenceStatement.FormName}': {error.Message}")];
        }

        var checks = new List<Check>
        {
            Check.Of("form", Form(file, json), EvidenceStatement.FormName),
            Check.Of("digest", CanonicalJson.DigestOf(file) == file.Digest ? [] : ["The content has another digest."], file.Digest),
            Check.Of("entries", Entries(file), $"{file.Chain.Count} entries hash to what they say"),
            Check.Of("proofs", Proofs(file), $"all lead to the root over {file.Checkpoint.Size} entries"),
            Check.Of("statement", Statement(file), "an entry of the chain vouches for it"),
            Check.Of("decisions", Decisions(file), $"{file.Decisions.Count} are the bytes their entries vouch for"),
            Check.Of("records", Records(file), $"{file.Records.Count} are the texts their entries vouch for"),
            Check.Of("completeness", Missing(file), "nothing an entry vouches for is left out"),
            Check.Of("amendments", Amendments(file), $"{file.Statement.Amendments.Count} governed the decisions"),
        };
        if (anchors is not null)
            checks.Add(Anchored(file, anchors));
        return checks;
    }

    private static IEnumerable<string> Form(EvidenceFile file, string json)
    {
        if (file.Statement.Form != EvidenceStatement.FormName)
            yield return $"The form is '{file.Statement.Form}'.";
        if (file.Statement.Disclaimer != EvidenceStatement.DisclaimerText)
            yield return "The disclaimer has another text.";
        if (CanonicalJson.Of(JsonNode.Parse(json)) != json)
            yield return "The text is not canonical.";
    }

    private static IEnumerable<string> Entries(EvidenceFile file)
    {
        var last = 0L;
        foreach (var entry in file.Chain.Select(one => one.Entry))
        {
            if (EntryHash.Of(entry) != entry.Hash)
                yield return $"Entry {entry.Seq} has another hash.";
            if (entry.Seq <= last)
                yield return $"Entry {entry.Seq} is not behind {last}.";
            if (entry.Kind != AmendmentKind && entry.Seq != file.Checkpoint.Size && entry.Shipment != file.Statement.Shipment)
                yield return $"Entry {entry.Seq} is about {entry.Shipment}.";
            last = entry.Seq;
        }
    }

    private static IEnumerable<string> Proofs(EvidenceFile file)
    {
        foreach (var one in file.Chain)
            if (!new InclusionProof(one.Entry.Seq, file.Checkpoint.Size, one.Proof).Leads(one.Entry.Hash, file.Checkpoint.Root))
                yield return $"Entry {one.Entry.Seq} is not in the tree.";
        if (file.Chain is not [.., { Entry: var last }] || last.Seq != file.Checkpoint.Size || last.Hash != file.Checkpoint.HeadHash)
            yield return "The checkpoint's last entry is not here.";
    }

    private static IEnumerable<string> Statement(EvidenceFile file)
    {
        var digest = EntryHash.OfPayload(CanonicalJson.Of(file.Statement));
        if (!file.Chain.Any(one => one.Entry.Action == EvidenceStatement.Action && one.Entry.PayloadDigest == digest))
            yield return "No entry vouches for the statement.";
        if (file.Chain.Any(one => one.Entry.Kind == DecisionKind && one.Entry.Order != file.Statement.Order))
            yield return "The entries are about another order.";
    }

    private static IEnumerable<string> Decisions(EvidenceFile file)
    {
        var entries = file.Chain.ToDictionary(one => one.Entry.Seq, one => one.Entry);
        var number = 0L;
        foreach (var decision in file.Decisions)
        {
            if (!entries.TryGetValue(decision.Entry, out var entry) || entry.Kind != DecisionKind || entry.Subject != decision.Name)
                yield return $"{decision.Name} has no entry {decision.Entry}.";
            var bytes = BytesOf(decision);
            if (bytes is null || entry?.PayloadDigest != EntryHash.OfPayload(bytes))
                yield return $"{decision.Name} is not what its entry vouches for.";
            else if (Readable(bytes) is not { } read || CanonicalJson.Of(read.Json) != CanonicalJson.Of(decision.Decision))
                yield return $"{decision.Name} reads otherwise than its bytes.";
            else if (file.Statement.Erased.Count == 0 && read.Number != ++number)
                yield return $"{decision.Name} has the number {read.Number.ToString(CultureInfo.InvariantCulture)}, not {number}.";
        }
    }

    private static byte[]? BytesOf(EvidenceDecision decision)
    {
        var bytes = new byte[decision.Bytes.Length];
        // One content has one text: base64 with stray bits behind the last byte is another.
        return Convert.TryFromBase64String(decision.Bytes, bytes, out var written)
            && Convert.ToBase64String(bytes, 0, written) == decision.Bytes ? bytes[..written] : null;
    }

    private static (JsonNode Json, long Number)? Readable(byte[] bytes)
    {
        try
        {
            var decision = Decision.Parser.ParseFrom(bytes);
            return (JsonNode.Parse(JsonFormatter.Default.Format(decision))!, decision.Number);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Records(EvidenceFile file)
    {
        var entries = file.Chain.ToDictionary(one => one.Entry.Seq, one => one.Entry);
        foreach (var record in file.Records)
            if (!entries.TryGetValue(record.Entry, out var entry) || entry.Kind != record.Kind || entry.Subject != record.Name
                || entry.PayloadDigest != EntryHash.OfPayload(record.Text))
                yield return $"{record.Name} is not what entry {record.Entry} vouches for.";
    }

    private static IEnumerable<string> Missing(EvidenceFile file)
    {
        var present = file.Decisions.Select(decision => decision.Entry).Concat(file.Records.Select(record => record.Entry)).ToHashSet();
        return file.Chain.Select(one => one.Entry)
            .Where(entry => entry.PayloadDigest.Length > 0 && entry.Shipment == file.Statement.Shipment && !present.Contains(entry.Seq)
                && !file.Statement.Erased.Contains(entry.Subject) && entry.Action != EvidenceStatement.Action)
            .Select(entry => $"{entry.Subject} of entry {entry.Seq} is left out.");
    }

    private static IEnumerable<string> Amendments(EvidenceFile file)
    {
        var named = file.Statement.Amendments.Select(amendment => amendment.Name).ToHashSet(StringComparer.Ordinal);
        var governing = file.Decisions
            .SelectMany(decision => decision.Decision["governingAmendments"]?.AsArray().Select(name => name!.GetValue<string>()) ?? [])
            .ToHashSet(StringComparer.Ordinal);
        return governing.Except(named).Select(name => $"{name} governed a decision and is left out.");
    }

    private static Check Anchored(EvidenceFile file, IReadOnlyList<Anchor> anchors)
    {
        var entries = file.Chain.ToDictionary(one => one.Entry.Seq, one => one.Entry.Hash);
        var faults = anchors
            .Where(anchor => (entries.TryGetValue(anchor.Seq, out var hash) && hash != anchor.Hash)
                || (anchor.Seq == file.Checkpoint.Size && anchor.Root.Length > 0 && anchor.Root != file.Checkpoint.Root))
            .Select(anchor => $"The anchor of entry {anchor.Seq} says otherwise.")
            .ToList();
        if (faults.Count == 0 && !anchors.Any(anchor => anchor.Seq == file.Checkpoint.Size))
            faults.Add($"No anchor is of the checkpoint of {file.Checkpoint.Size} entries.");
        return Check.Of("anchor", faults, $"the checkpoint of {file.Checkpoint.Size} entries was written down outside");
    }
}
