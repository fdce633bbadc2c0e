using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace OrderTracking.Benchmarks.Replaying;

/// <summary>Reads rows in order and looks at every value: the limit of whoever has to read them.</summary>
internal static class PlainRead
{
    /// <summary>The seconds it took.</summary>
    public static double Run(string path, params string[] statements)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var started = Stopwatch.GetTimestamp();
        foreach (var sql in statements)
        {
            // CA2100: every text is a bar's.
#pragma warning disable CA2100
            using var command = new SqliteCommand(sql, connection);
#pragma warning restore CA2100
            using var reader = command.ExecuteReader();
            while (reader.Read())
                for (var column = 0; column < reader.FieldCount; column++)
                    _ = reader.GetValue(column);
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
