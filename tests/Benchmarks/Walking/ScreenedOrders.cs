using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace OrderTracking.Benchmarks.Walking;

/// <summary>Reads, each millisecond, what a process has committed to the history of its orders: what is found there the order knows.</summary>
internal sealed class ScreenedOrders : IAsyncDisposable
{
    private const string Select = "select seq, order_id, kind from timeline_entries where seq > @seq order by seq";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _command;
    private readonly Action<string, long> _found;
    private readonly Task _reading;
    private volatile bool _ending;

    /// <param name="file">The database of the orders.</param>
    /// <param name="found">Given an order that is screened and the timestamp at which that was read.</param>
    public ScreenedOrders(string file, Action<string, long> found)
    {
        _found = found;
        _connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        _connection.Open();
        _command = new SqliteCommand(Select, _connection);
        _command.Parameters.AddWithValue("@seq", 0L);
        _command.Prepare();
        _reading = Task.Run(Read);
    }

    public async ValueTask DisposeAsync()
    {
        _ending = true;
        await _reading;
        await _command.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task Read()
    {
        var last = 0L;
        while (!_ending)
        {
            _command.Parameters[0].Value = last;
            using (var rows = _command.ExecuteReader())
                while (rows.Read())
                {
                    last = rows.GetInt64(0);
                    if (rows.GetString(2) == "SHIPMENT_SCREENED")
                        _found(rows.GetString(1), Stopwatch.GetTimestamp());
                }

            await Task.Delay(Pause);
        }
    }
}
