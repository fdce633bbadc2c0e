namespace OrderTracking.ComplianceService.Rules;

/// <summary>One reason why a file or a text given as an amendment is refused. Line counts from 1.</summary>
internal sealed record RuleFileError(string File, int Line, string Reason)
{
    public override string ToString() => $"{File}({Line}): {Reason}";
}

/// <summary>A rule, group or catalogue text that is refused, with every error that was found, in the order of lines.</summary>
internal sealed class RuleFileException(IReadOnlyList<RuleFileError> errors) : Exception(string.Join("\n", errors))
{
    public RuleFileException(string file, int line, string reason)
        : this([new RuleFileError(file, line, reason)])
    {
    }

    public IReadOnlyList<RuleFileError> Errors => errors;
}
