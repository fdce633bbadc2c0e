using System.Runtime.CompilerServices;

namespace OrderTracking.Deployment.Tests;

/// <summary>The files under test, as they lie in the repository.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    public static string Deploy { get; } = Of("services", "deploy");

    public static string Of(params string[] path) => Path.Combine([Root, .. path]);

    public static string Text(params string[] path) => File.ReadAllText(Of(path));

    private static string Here([CallerFilePath] string file = "") => file;
}
