using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace OrderTracking.BuildingBlocks.Data;

/// <summary>
/// Copies the SQLite databases of a data directory while processes use them, all as they stood between the same two commits: what one
/// has sent, another has either taken or not, but nothing was taken that was not sent.
/// </summary>
public static class SqliteBackup
{
    private const string Manifest = "backup.json";

    // Writers of other processes wait for a batch of commits, never longer.
    private const int BusyTimeoutMilliseconds = 30_000;

    /// <summary>Copies every database of a directory into a new one, whole or not at all.</summary>
    /// <param name="dataDirectory">Where the databases are; processes may be running on them.</param>
    /// <param name="target">The directory to make. It must not be there.</param>
    /// <param name="now">When the copy is made; written into it.</param>
    /// <returns>What was copied.</returns>
    /// <exception cref="InvalidOperationException">There is nothing to copy, the target is there already, or a copy is not sound.</exception>
    public static BackupContents Take(string dataDirectory, string target, DateTimeOffset now)
    {
        var files = Directory.Exists(dataDirectory) ? Directory.GetFiles(dataDirectory, "*.db").Order(StringComparer.Ordinal).ToList() : [];
        if (files.Count == 0)
            throw new InvalidOperationException($"There is no database in {Path.GetFullPath(dataDirectory)}.");
        if (Directory.Exists(target) || File.Exists(target))
            throw new InvalidOperationException($"{Path.GetFullPath(target)} is there already; a backup never replaces one.");
        // Under another name until it is whole: what has the target's name can be restored.
        var draft = $"{Path.TrimEndingDirectorySeparator(Path.GetFullPath(target))}.{Environment.ProcessId}.partial";
        Directory.CreateDirectory(draft);
        try
        {
            var copies = Copy(files, draft);
            var contents = new BackupContents(now, [.. copies.Select(copy => new BackupFile(Path.GetFileName(copy), Digest(copy)))]);
            File.WriteAllText(Path.Combine(draft, Manifest), JsonSerializer.Serialize(contents));
            Directory.Move(draft, target);
            return contents;
        }
        catch
        {
            Directory.Delete(draft, recursive: true);
            throw;
        }
    }

    /// <summary>
    /// Puts a backup into a data directory that has none of its databases, and has every event of its outboxes published again:
    /// the broker may have lost what it had, and consumers recognise what they took.
    /// </summary>
    /// <param name="backup">A directory that <see cref="Take"/> made.</param>
    /// <param name="dataDirectory">Created when missing. No process may be running on it.</param>
    /// <returns>What was restored.</returns>
    /// <exception cref="InvalidOperationException">It is no backup, was changed since, or the directory has such a database already.</exception>
    public static BackupContents Restore(string backup, string dataDirectory)
    {
        var contents = Read(backup);
        Directory.CreateDirectory(dataDirectory);
        foreach (var file in contents.Files)
        {
            if (Digest(Path.Combine(backup, file.Name)) != file.Sha256)
                throw new InvalidOperationException($"{file.Name} of the backup is not the file that was backed up.");
            if (File.Exists(Path.Combine(dataDirectory, file.Name)))
                throw new InvalidOperationException($"{file.Name} is in {Path.GetFullPath(dataDirectory)} already; a restore never replaces one.");
        }

        foreach (var file in contents.Files)
        {
            var draft = Path.Combine(dataDirectory, $"{file.Name}.partial");
            File.Copy(Path.Combine(backup, file.Name), draft, overwrite: true);
            using (var connection = Open(draft, SqliteOpenMode.ReadWrite))
                connection.Execute("update outbox set published_at = null");
            Check(draft);
            File.Move(draft, Path.Combine(dataDirectory, file.Name), overwrite: false);
        }

        return contents;
    }

    private static List<string> Copy(List<string> files, string draft)
    {
        var readers = new List<SqliteConnection>();
        try
        {
            Pin(files, readers);
            var copies = files.ConvertAll(file => Path.Combine(draft, Path.GetFileName(file)));
            foreach (var (reader, copy) in readers.Zip(copies))
            {
                using (var destination = Open(copy, SqliteOpenMode.ReadWriteCreate))
                {
                    reader.BackupDatabase(destination);
                    // A copy is one file: no log beside it that could be left behind.
                    destination.Execute("pragma journal_mode = delete");
                }

                Check(copy);
            }

            return copies;
        }
        finally
        {
            readers.ForEach(reader => reader.Dispose());
        }
    }

    // With every writer stopped for a moment, in one order whoever asks, the snapshots of all files are of one instant.
    private static void Pin(List<string> files, List<SqliteConnection> readers)
    {
        var writers = new List<SqliteConnection>();
        try
        {
            foreach (var file in files)
            {
                var writer = Open(file, SqliteOpenMode.ReadWrite);
                writers.Add(writer);
                writer.Execute("begin immediate");
            }

            foreach (var file in files)
            {
                var reader = Open(file, SqliteOpenMode.ReadWrite);
                readers.Add(reader);
                reader.Execute("begin deferred");
                reader.ExecuteScalar<long>("select count(*) from sqlite_master");
            }
        }
        finally
        {
            writers.ForEach(writer => writer.Dispose());
        }
    }

    private static void Check(string file)
    {
        using var connection = Open(file, SqliteOpenMode.ReadOnly);
        var found = connection.QueryFirst<string>("pragma integrity_check(1)");
        if (found != "ok")
            throw new InvalidOperationException($"The copy {Path.GetFileName(file)} is not sound: {found}");
    }

    private static BackupContents Read(string backup)
    {
        var manifest = Path.Combine(backup, Manifest);
        if (!File.Exists(manifest))
            throw new InvalidOperationException($"{Path.GetFullPath(backup)} is no backup: it has no {Manifest}.");
        try
        {
            return JsonSerializer.Deserialize<BackupContents>(File.ReadAllText(manifest)) ?? throw new JsonException("It is empty.");
        }
        catch (JsonException error)
        {
            throw new InvalidOperationException($"{manifest} cannot be read: {error.Message}", error);
        }
    }

    private static string Digest(string file)
    {
        if (!File.Exists(file))
            throw new InvalidOperationException($"{Path.GetFileName(file)} of the backup is missing.");
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file, Mode = mode, Cache = SqliteCacheMode.Private, Pooling = false,
        }.ConnectionString);
        connection.Open();
        connection.Execute($"pragma busy_timeout = {BusyTimeoutMilliseconds}");
        return connection;
    }
}

/// <summary>What a backup holds.</summary>
/// <param name="TakenAt">When it was made.</param>
/// <param name="Files">Its databases.</param>
public sealed record BackupContents(DateTimeOffset TakenAt, IReadOnlyList<BackupFile> Files);

/// <summary>A database of a backup.</summary>
/// <param name="Name">The file's name, such as <c>orders.db</c>.</param>
/// <param name="Sha256">The digest of its bytes, in hexadecimal.</param>
public sealed record BackupFile(string Name, string Sha256);
