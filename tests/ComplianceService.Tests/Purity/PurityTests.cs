using System.Reflection;
using OrderTracking.ComplianceService.Catalog;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Purity;

/// <summary>Clock, random, culture and I/O stay out of the deciding function: its code, and all it can reach, is read and searched.</summary>
public class PurityTests
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    // What decides, and what a replay compares.
    private static readonly Type[] Entrances = [typeof(DecisionEngine), typeof(KnowledgeHead), typeof(FactsDigest), typeof(Findings), typeof(MissingFacts)];

    private static readonly MethodBase[] Roots =
    [
        .. Entrances.SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => !method.IsSpecialName && !IsOfRecord(method)),
        typeof(RuleSnapshot).GetMethod(nameof(RuleSnapshot.At))!,
        typeof(RuleEpoch).GetMethod(nameof(RuleEpoch.On))!,
        typeof(Catalogue).GetMethod(nameof(Catalogue.Find))!,
        typeof(Catalogue).GetMethod(nameof(Catalogue.Digest))!,
    ];

    // A use that is not here fails the test.
    private static readonly (string Type, string Use, string Reason)[] Allowed =
    [
        (">d__", "System.Environment.get_CurrentManagedThreadId", "an iterator asks whether it may be its own enumerator; what it yields is the same"),
        ("FactsDigest.Of", "reads the static field FactsDigest._text, which may change", "a thread's own scratch paper, cleared before it is written on"),
        ("FactsDigest.Of", "writes the static field FactsDigest._text", "the same paper, given back where it has grown"),
        ("RegexGenerator", "System.AppContext.GetData", "how long a generated pattern may search; it reads a setting and no text depends on it"),
    ];

    [Fact]
    public void Nothing_the_engine_can_reach_is_impure()
    {
        var reached = ReachableCode.From(Roots, typeof(DecisionEngine).Assembly, typeof(Wire.Countries).Assembly);
        var found = reached.SelectMany(entry => ImpureCalls.Of(entry.Key, entry.Value))
            .Where(one => !Allowed.Any(use => one.Contains(use.Type, StringComparison.Ordinal) && one.EndsWith(use.Use, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    /// <summary>A search that looks at nothing finds nothing.</summary>
    [Fact]
    public void The_search_reaches_what_decides()
    {
        var reached = ReachableCode.From(Roots, typeof(DecisionEngine).Assembly, typeof(Wire.Countries).Assembly).Keys
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}")
            .ToHashSet();
        Assert.Superset(
            new HashSet<string>
            {
                "Inputs.Of", "RuleDay.Compile", "RuleEpoch.Compile", "Canonical.Digest", "CountrySet.Meets", "FactGrid.Of", "Catalogue.Compute",
                "Findings.Undetermined",
            },
            reached);
        var conditions = typeof(Condition).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Condition)) && !type.IsAbstract).ToList();
        Assert.NotEmpty(conditions);
        Assert.All(conditions, type => Assert.Contains($"{type.Name}.{nameof(Condition.Evaluate)}", reached));
    }

    public static TheoryData<string> Impure => Names(typeof(ImpureSamples));

    public static TheoryData<string> Pure => Names(typeof(PureSamples));

    [Theory]
    [MemberData(nameof(Impure))]
    public void A_method_that_is_impure_is_found(string name) => Assert.NotEmpty(FindingsIn(typeof(ImpureSamples), name));

    [Theory]
    [MemberData(nameof(Pure))]
    public void What_only_looks_alike_is_let_through(string name) => Assert.Empty(FindingsIn(typeof(PureSamples), name));

    private static string[] FindingsIn(Type type, string name)
    {
        var reached = ReachableCode.From([type.GetMethod(name)!], typeof(PurityTests).Assembly);
        return [.. reached.SelectMany(entry => ImpureCalls.Of(entry.Key, entry.Value))];
    }

    private static TheoryData<string> Names(Type type) => [.. type.GetMethods(Any & ~BindingFlags.NonPublic).Select(method => method.Name)];

    // Equality and text of a record take no part in deciding; where they did, the search would come to them from the roots.
    private static bool IsOfRecord(MethodInfo method) =>
        method.Name is "Equals" or "GetHashCode" or "ToString" or "<Clone>$" or "Deconstruct" or "PrintMembers" or "WithDraft";
}
