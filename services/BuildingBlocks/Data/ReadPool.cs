using System.Collections.Concurrent;
using System.Data.Common;
using OrderTracking.BuildingBlocks.Messaging;

namespace OrderTracking.BuildingBlocks.Data;

/// <summary>Read connections, kept open. Each read sees one snapshot and does not wait for the writer.</summary>
internal sealed class ReadPool(Engine engine, OutboxFeed outbox, int connectionsMax) : IDisposable
{
    private readonly ConcurrentBag<Session> _idle = [];
    private readonly SemaphoreSlim _slots = new(connectionsMax, connectionsMax);

    public async Task<T> Run<T>(Func<Tx, Task<T>> work, CancellationToken cancellation)
    {
        await _slots.WaitAsync(cancellation);
        try
        {
            return await Run(Begin(), work, cancellation);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var session))
            session.Dispose();
        _slots.Dispose();
    }

    private async Task<T> Run<T>(Session session, Func<Tx, Task<T>> work, CancellationToken cancellation)
    {
        var tx = new Tx(session, engine.Dialect, outbox, cancellation);
        try
        {
            T result;
            using (session.InterruptOn(cancellation))
                result = await work(tx);
            session.Commit();
            _idle.Add(session);
            return result;
        }
        catch (Exception error)
        {
            // Closing the connection ends its transaction whatever state the failure left it in.
            session.Dispose();
            if (error is DbException && cancellation.IsCancellationRequested)
                throw new OperationCanceledException("The read was cancelled.", error, cancellation);
            throw;
        }
        finally
        {
            tx.Close();
        }
    }

    private Session Begin()
    {
        // One that broke while it lay idle says so when it is to begin; nothing has been read on it yet.
        while (_idle.TryTake(out var kept))
        {
            if (Begins(kept))
                return kept;
        }

        var session = engine.OpenForReading();
        try
        {
            session.Begin();
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static bool Begins(Session session)
    {
        try
        {
            session.Begin();
            return true;
        }
        catch (Exception)
        {
            var isBroken = session.IsBroken;
            session.Dispose();
            if (!isBroken)
                throw;
            return false;
        }
    }
}
