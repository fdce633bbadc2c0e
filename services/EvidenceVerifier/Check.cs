namespace OrderTracking.EvidenceVerifier;

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">What.</param>
/// <param name="Passed">Whether it is as it must be.</param>
/// <param name="Detail">What was counted, or the first thing that is wrong.</param>
public sealed record Check(string Name, bool Passed, string Detail)
{
    public override string ToString() => $"{(Passed ? "ok  " : "FAIL")}  {Name}: {Detail}";

    internal static Check Of(string name, IEnumerable<string> faults, string passed)
    {
        var listed = faults.ToList();
        return listed.Count == 0 ? new Check(name, true, passed) : new Check(name, false, $"{listed[0]} ({listed.Count} in all)");
    }
}
