using Microsoft.Extensions.Configuration;

namespace OrderTracking.BuildingBlocks.Hosting.Identity;

/// <summary>Reads single settings; what cannot be read is collected, so that all of it is told at once.</summary>
internal static class Setting
{
    public static bool Flag(IConfiguration configuration, string key, bool otherwise, ICollection<string> unreadable)
    {
        var text = configuration[key];
        if (string.IsNullOrEmpty(text))
            return otherwise;
        if (bool.TryParse(text, out var flag))
            return flag;
        unreadable.Add($"{key} is '{text}'; allowed are true and false.");
        return otherwise;
    }

    public static void ThrowIfAny(IReadOnlyCollection<string> errors)
    {
        if (errors.Count > 0)
            throw new InvalidOperationException(string.Join('\n', errors));
    }
}
