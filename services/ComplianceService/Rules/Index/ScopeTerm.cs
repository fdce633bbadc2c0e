namespace OrderTracking.ComplianceService.Rules.Index;

/// <summary>A comparison as it stands or denied.</summary>
internal readonly record struct Literal(Condition Condition, bool Denied);

/// <summary>Comparisons that together make a scope hold. A scope is an OR of such terms.</summary>
/// <param name="IsWhole">False: the term only says that the scope might hold, and the scope itself has to be asked.</param>
internal sealed record ScopeTerm(IReadOnlyList<Literal> Literals, bool IsWhole)
{
    private const int TermsMax = 32;

    private static readonly ScopeTerm Anything = new([], IsWhole: true);

    /// <summary>
    /// The terms of a scope; none where it never holds. A scope looks at the shipment only, whose facts are all known, so that
    /// NOT may be moved to the comparisons.
    /// </summary>
    public static IReadOnlyList<ScopeTerm> Of(Condition scope)
    {
        var terms = Of(scope, denied: false);
        return terms.Count <= TermsMax && terms.TrueForAll(term => term.Literals.All(IsIndexed))
            ? terms.ConvertAll(Checked)
            : [new ScopeTerm([], IsWhole: false)];
    }

    private static List<ScopeTerm> Of(Condition scope, bool denied) => scope switch
    {
        Rules.Anything => denied ? [] : [Anything],
        Not not => Of(not.Children[0], !denied),
        AllOf or AnyOf => scope is AllOf != denied ? Product(scope.Children, denied) : Union(scope.Children, denied),
        _ => [new ScopeTerm([new Literal(scope, denied)], IsWhole: true)],
    };

    private static List<ScopeTerm> Union(IEnumerable<Condition> parts, bool denied)
    {
        var terms = new List<ScopeTerm>();
        foreach (var part in parts)
        {
            terms.AddRange(Of(part, denied));
            if (terms.Count > TermsMax)
                break;
        }

        return terms;
    }

    private static List<ScopeTerm> Product(IEnumerable<Condition> parts, bool denied)
    {
        List<ScopeTerm> terms = [Anything];
        foreach (var part in parts)
        {
            var others = Of(part, denied);
            terms = [.. terms.SelectMany(term => others, (term, other) => new ScopeTerm([.. term.Literals, .. other.Literals], IsWhole: true)).Take(TermsMax + 1)];
        }

        return terms;
    }

    // Of several sets the headquarters have to meet, one party may meet one and another party another: rows by country cannot say that.
    private static ScopeTerm Checked(ScopeTerm term) =>
        term with { IsWhole = term.Literals.Count(literal => literal is { Condition: HeadquartersMeet, Denied: false }) <= 1 };

    private static bool IsIndexed(Literal literal) => literal.Condition is
        DestinationIn or HeadquartersMeet or PlaceOfExportIn or ExporterIn or MovementIn or ListedOwnerShareAtLeast;
}
