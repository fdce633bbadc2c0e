using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Hosting;

namespace OrderTracking.Host.Backup;

/// <summary>Backs up the databases of a data directory that is in use, and restores them into one that is not.</summary>
internal static class BackupCommand
{
    public static string Take(string target, ServiceHostOptions options)
    {
        var contents = SqliteBackup.Take(options.Storage.DataDirectory, target, TimeProvider.System.GetUtcNow());
        return $"Backed up {Names(contents)} as of one instant to {Path.GetFullPath(target)}.";
    }

    public static string Restore(string backup, ServiceHostOptions options)
    {
        using var claim = new DataDirectoryClaim(options.Storage.DataDirectory);
        var contents = SqliteBackup.Restore(backup, options.Storage.DataDirectory);
        return $"Restored {Names(contents)} as of {contents.TakenAt:u} to {Path.GetFullPath(options.Storage.DataDirectory)}. "
            + "Their events are published again; consumers recognise what they took. Start the services, then call VerifyAuditTrail.";
    }

    private static string Names(BackupContents contents) => string.Join(", ", contents.Files.Select(file => file.Name));
}
