using OrderTracking.AuditTrail;
using OrderTracking.EvidenceVerifier;

return Verify(args, Console.Out, Console.Error);

/// <summary>Verifies a piece of evidence without any server.</summary>
internal static partial class Program
{
    private const int Verified = 0;
    private const int Failed = 1;
    private const int NotRead = 2;

    private const string Usage = """
        Verifies the evidence of a shipment, without any server.

          dotnet run --project services/EvidenceVerifier -- evidence.json [--anchor anchors.jsonl]

        Ends with 0 where everything verifies, 1 where something does not, 2 where a file cannot be read.
        """;

    private static int Verify(string[] args, TextWriter output, TextWriter errors)
    {
        if (args is not ([_] or [_, "--anchor", _]))
        {
            errors.WriteLine(Usage);
            return NotRead;
        }

        try
        {
            var anchors = args is [_, _, var file] ? Anchor.ReadAll(File.ReadAllText(file)) : null;
            var checks = VerifyEvidence.Run(File.ReadAllText(args[0]), anchors);
            foreach (var check in checks)
                output.WriteLine(check);
            var passed = checks.All(check => check.Passed);
            output.WriteLine(passed ? "The evidence verifies." : "THE EVIDENCE DOES NOT VERIFY.");
            if (passed && anchors is null)
                output.WriteLine("Nothing outside vouches for the checkpoint: give the anchors to rule out a chain that was rewritten whole.");
            return passed ? Verified : Failed;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            errors.WriteLine(error.Message);
            return NotRead;
        }
    }
}
