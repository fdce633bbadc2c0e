using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;
using SQLitePCL;

namespace OrderTracking.BuildingBlocks.Data.Sqlite;

/// <summary>
/// Begins transactions of the writers of one file by turns. SQLite's lock goes to whoever asks for it in the moment it is free, which is
/// mostly the process that has just given it back; another that writes less would wait for seconds. So whoever waits for the lock stands in
/// a door, and who comes from a commit goes behind it. The door is fairness only: what keeps writers apart is SQLite's lock.
/// </summary>
internal sealed class WriterTurn(string path)
{
    private const int BusyTimeoutMilliseconds = 5000;
    private const int PrimaryCodeMask = 0xff;
    private static readonly TimeProvider Clock = TimeProvider.System;

    // With turns a writer waits for one batch of each other; who waits longer waits for somebody who keeps the file, and callers are told.
    private static readonly TimeSpan LockPatience = TimeSpan.FromMilliseconds(BusyTimeoutMilliseconds);

    // Somebody may stand frozen in the door: it delays a batch by this and stops nobody.
    private static readonly TimeSpan DoorPatience = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);
    private static readonly ManualResetEventSlim Never = new();

    /// <exception cref="SqliteException">Somebody kept the file for five seconds. Nothing was begun.</exception>
    public void Begin(SqliteConnection connection)
    {
        using var door = Enter();
        var handle = connection.Handle!;
        var started = Clock.GetTimestamp();
        raw.sqlite3_busy_timeout(handle, 0);
        try
        {
            int code;
            while ((code = raw.sqlite3_exec(handle, "begin immediate")) != raw.SQLITE_OK)
            {
                if ((code & PrimaryCodeMask) != raw.SQLITE_BUSY || Clock.GetElapsedTime(started) > LockPatience)
                    SqliteException.ThrowExceptionForRC(code, handle);
                Never.Wait(Pause);
            }
        }
        finally
        {
            raw.sqlite3_busy_timeout(handle, BusyTimeoutMilliseconds);
        }
    }

    private SafeFileHandle? Enter()
    {
        var started = Clock.GetTimestamp();
        while (true)
        {
            try
            {
                return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (Clock.GetElapsedTime(started) < DoorPatience)
            {
                Never.Wait(Pause);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }
}
