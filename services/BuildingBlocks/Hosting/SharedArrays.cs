namespace OrderTracking.BuildingBlocks.Hosting;

/// <summary>
/// How many arrays of a size the runtime keeps for use again. Its default, 32 a core, is less than the calls under way on a busy server, each
/// of which holds several: what does not fit is allocated anew for each call.
/// </summary>
public static class SharedArrays
{
    /// <summary>The runtime's own setting, which it reads from the environment only.</summary>
    public const string Setting = "DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_MAXARRAYSPERPARTITION";

    private const string Arrays = "1024";

    /// <summary>Makes room, unless the environment says how much. First of all that a process does: the runtime reads the setting once.</summary>
    public static void MakeRoom()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Setting)))
            Environment.SetEnvironmentVariable(Setting, Arrays);
    }
}
