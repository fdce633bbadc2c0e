namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>Collects everything wrong with a request, so that a caller sees it all at once.</summary>
public sealed class Violations
{
    private const int ShownCharactersMax = 80;
    private const int NamedFieldsMax = 20;

    // They travel in the answer's trailers, for which many a client takes no more than 64 KiB.
    private const int FoundMax = 100;
    private List<FieldViolation>? _found;

    /// <summary>True when something was found.</summary>
    public bool Any => _found is not null;

    /// <summary>What was found so far, in the order it was found; the first hundred.</summary>
    public IReadOnlyList<FieldViolation> Found => _found ?? [];

    /// <summary>Records a wrong field.</summary>
    /// <param name="field">Its path, such as <c>order.lines[2].quantity</c>.</param>
    /// <param name="reason">A reason of the code INVALID_ARGUMENT.</param>
    /// <param name="value">The value given, shown cut to 80 characters; null where it is missing.</param>
    /// <param name="allowed">What is allowed, such as <c>a whole number from 1 to 1,000,000</c>.</param>
    public void Add(in FieldPath field, Reason reason, string? value, string allowed)
    {
        if (Found.Count == FoundMax)
            return;
        var (path, shown) = (field.ToString(), value is null ? "is missing" : $"is '{Cut(value)}'");
        (_found ??= []).Add(new FieldViolation(path, reason.Name, $"{path} {shown}; allowed: {allowed}."));
    }

    /// <summary>Records what a parser of its own found, such as an error in one line of a text.</summary>
    /// <param name="violation">Its reason is one of the code INVALID_ARGUMENT.</param>
    public void Add(FieldViolation violation)
    {
        if (Found.Count < FoundMax)
            (_found ??= []).Add(violation);
    }

    /// <summary>Refuses the request when something was found.</summary>
    /// <exception cref="Refusal">INVALID_ARGUMENT, with the sole reason found or SEVERAL_FIELDS_INVALID.</exception>
    public void ThrowIfAny()
    {
        if (_found is null)
            return;
        var reason = _found.TrueForAll(violation => violation.Reason == _found[0].Reason)
            ? BuildingReasons.SeveralFieldsInvalid with { Name = _found[0].Reason }
            : BuildingReasons.SeveralFieldsInvalid;
        var message = _found.Count == 1 ? _found[0].Description : $"{_found.Count} fields are invalid. The first: {_found[0].Description}";
        throw new Refusal(reason, message)
        {
            FieldViolations = [.. _found],
            Metadata = new Dictionary<string, string>
            {
                ["fields"] = string.Join(',', _found.Select(violation => violation.Field).Distinct().Take(NamedFieldsMax)),
            },
        };
    }

    /// <summary>Refuses a request for one wrong field.</summary>
    /// <exception cref="Refusal">Always.</exception>
    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    public static void Throw(in FieldPath field, Reason reason, string? value, string allowed)
    {
        var violations = new Violations();
        violations.Add(field, reason, value, allowed);
        violations.ThrowIfAny();
        throw new System.Diagnostics.UnreachableException();
    }

    private static string Cut(string value)
    {
        if (value.Length <= ShownCharactersMax)
            return value;
        // Half a character is no text.
        var length = char.IsHighSurrogate(value[ShownCharactersMax - 1]) ? ShownCharactersMax - 1 : ShownCharactersMax;
        return value[..length] + "...";
    }
}
