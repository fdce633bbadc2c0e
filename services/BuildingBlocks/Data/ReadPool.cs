using System.Collections.Concurrent;
using System.Data.Common;
using OrderTracking.BuildingBlocks.Messaging;

namespace OrderTracking.BuildingBlocks.Data;

/// <summary>Read connections, kept open. Each read sees one snapshot and does not wait for the writer.</summary>
internal sealed class ReadPool(SqliteFile file, Dialect dialect, OutboxFeed outbox, int connectionsMax) : IAsyncDisposable
{
    private readonly ConcurrentBag<PreparedConnection> _idle = [];
    private readonly SemaphoreSlim _slots = new(connectionsMax, connectionsMax);

    public async Task<T> Run<T>(Func<Tx, Task<T>> work, CancellationToken cancellation)
    {
        await _slots.WaitAsync(cancellation);
        try
        {
            if (!_idle.TryTake(out var connection))
                connection = file.OpenForReading();
            return await Run(connection, work, cancellation);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task<T> Run<T>(PreparedConnection connection, Func<Tx, Task<T>> work, CancellationToken cancellation)
    {
        var tx = new Tx(connection, dialect, outbox, cancellation);
        try
        {
            connection.Execute("begin deferred");
            T result;
            using (connection.InterruptOn(cancellation))
                result = await work(tx);
            connection.Execute("commit");
            _idle.Add(connection);
            return result;
        }
        catch (Exception error)
        {
            // Closing the connection ends its transaction whatever state the failure left it in.
            await connection.DisposeAsync();
            if (error is DbException && cancellation.IsCancellationRequested)
                throw new OperationCanceledException("The read was cancelled.", error, cancellation);
            throw;
        }
        finally
        {
            tx.Close();
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_idle.TryTake(out var connection))
            await connection.DisposeAsync();
        _slots.Dispose();
    }
}
