using System.Diagnostics.CodeAnalysis;
using System.Reflection;

/// <summary>
/// What a runtime told to do so (DOTNET_STARTUP_HOOKS) runs before the program: at the program's end it writes down how many arrays of a
/// size the runtime keeps. The runtime asks for a class of this name outside of every namespace.
/// </summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "The runtime looks for it there.")]
internal static class StartupHook
{
    public const string File = "TEST_SHARED_ARRAYS_FILE";

    public static void Initialize() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        var settings = typeof(object).Assembly.GetType("System.Buffers.SharedArrayPoolStatics", throwOnError: true)!;
        var arrays = settings.GetField("s_maxArraysPerPartition", BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null);
        System.IO.File.WriteAllText(Environment.GetEnvironmentVariable(File)!, $"{arrays}");
    };
}
