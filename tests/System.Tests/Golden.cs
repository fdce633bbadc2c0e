using System.Runtime.CompilerServices;
using Xunit;

namespace OrderTracking.SystemTests;

/// <summary>
/// Compares with a committed file. What others depend on changes only together with its file: set ORDERTRACKING_GOLDEN_UPDATE=1 to
/// write it anew, and read the difference before committing it.
/// </summary>
internal static class Golden
{
    private const string UpdateVariable = "ORDERTRACKING_GOLDEN_UPDATE";

    public static void Matches(string file, string actual, [CallerFilePath] string caller = "")
    {
        actual = actual.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
            File.WriteAllText(Path.Combine(SourceDirectory(caller), "Golden", file), actual);
        var committed = Path.Combine(AppContext.BaseDirectory, "Golden", file);
        var expected = File.Exists(committed) ? File.ReadAllText(committed) : "";
        if (Environment.GetEnvironmentVariable(UpdateVariable) != "1")
            Assert.Equal(expected.ReplaceLineEndings("\n"), actual);
    }

    private static string SourceDirectory(string caller)
    {
        var directory = new DirectoryInfo(Path.GetDirectoryName(caller)!);
        while (!File.Exists(Path.Combine(directory.FullName, "System.Tests.csproj")))
            directory = directory.Parent ?? throw new InvalidOperationException($"{caller} is not below System.Tests.");
        return directory.FullName;
    }
}
