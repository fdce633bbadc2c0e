using System.Globalization;
using System.Text;

namespace OrderTracking.ComplianceService.Tests.Purity;

// Each method does one thing the deciding function must not do: the test that finds nothing in the engine must find these.
#pragma warning disable RS0030, CA1304, CA1305, CA1307, CA1309, CA1310, CA1311, CA1822, CA2211, CA5394, SA1401, CA1707, CA1852
internal static class ImpureSamples
{
    public static int Counter;

    public static long Clock() => DateTimeOffset.UtcNow.Ticks;

    public static long Provider() => TimeProvider.System.GetTimestamp();

    public static int Random() => System.Random.Shared.Next();

    public static Guid Identity() => Guid.NewGuid();

    public static string Machine() => Environment.MachineName;

    public static bool Disk() => File.Exists("rules.yaml");

    public static void Elsewhere() => Task.Run(Clock);

    public static string Culture() => CultureInfo.CurrentCulture.Name;

    public static string Number() => 1.5m.ToString();

    public static string NumberInText() => $"{1.5m} units";

    public static string NumberInBuilder() => new StringBuilder().Append(1.5m).ToString();

    public static string Upper() => "istanbul".ToUpper();

    public static int Comparison() => string.Compare("a", "B");

    public static string[] Order() => [.. new[] { "b", "A" }.Order()];

    public static string[] OrderInLambda() => [.. new[] { "b", "A" }.OrderBy(word => word.Length).ThenBy(word => word)];

    public static int Hash() => "a".GetHashCode();

    public static int State() => Counter++;

    public static string ThroughInterface() => ((IWord)new Word()).Say();

    public static string ThroughLambda() => new[] { 1.5m }.Select(number => number.ToString()).First();
}
#pragma warning restore RS0030, CA1304, CA1305, CA1307, CA1309, CA1310, CA1311, CA1822, CA2211, CA5394, SA1401, CA1707, CA1852

internal interface IWord
{
    string Say();
}

internal sealed class Word : IWord
{
    public string Say() => ImpureSamples.Number();
}

/// <summary>What reads almost like the samples and is the same everywhere.</summary>
internal static class PureSamples
{
    public static string Number() => 1.5m.ToString(CultureInfo.InvariantCulture);

    public static string NumberInText() => string.Create(CultureInfo.InvariantCulture, $"{1.5m} units");

    public static string Words() => $"{"one"} {'c'}";

    public static string[] Order() => [.. new[] { "b", "A" }.Order(StringComparer.Ordinal)];

    public static bool Starts() => "a".StartsWith('a') && "ab".StartsWith("ab", StringComparison.Ordinal);
}
