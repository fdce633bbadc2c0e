using System.Data.Common;
using System.Reflection;

namespace OrderTracking.BuildingBlocks.Data;

/// <summary>What a database runs on: how its connections are opened and its tables made. Everything above it is written once.</summary>
internal abstract class Engine(Dialect dialect)
{
    public Dialect Dialect => dialect;

    /// <summary>Opens the connection of the one writer of this process.</summary>
    public abstract WriteSession OpenForWriting();

    /// <summary>Opens a connection whose transactions see one snapshot and never wait for a writer.</summary>
    public abstract Session OpenForReading();

    /// <summary>Applies the migrations of some assemblies that the database does not have yet.</summary>
    public abstract void Migrate(IReadOnlyList<Assembly> sources, CancellationToken cancellation);

    /// <summary>The migrations of some assemblies that the database does not have, as <c>source/name</c>; empty where all are applied.</summary>
    public abstract IReadOnlyList<string> MissingMigrations(IReadOnlyList<Assembly> sources, CancellationToken cancellation);
}

/// <summary>A connection that one transaction after another runs on, each begun and ended by text.</summary>
internal abstract class Session : IDisposable
{
    /// <summary>What Dapper works with.</summary>
    public abstract DbConnection Connection { get; }

    /// <summary>True when no transaction can be begun on it any more: it has to be opened anew.</summary>
    public virtual bool IsBroken => false;

    /// <summary>True when the engine ended the transaction by itself: a statement that followed would stand alone.</summary>
    public abstract bool HasEnded { get; }

    public abstract void Begin();

    public abstract void Commit();

    /// <summary>A statement failed: looks whether the transaction is still there.</summary>
    public virtual void NoteFailure()
    {
    }

    /// <summary>Until disposed, the token's cancellation ends the running statement, and the next one where none runs.</summary>
    public Interruption InterruptOn(CancellationToken cancellation)
    {
        if (!cancellation.CanBeCanceled)
            return default;
        Watch(cancellation);
        return new Interruption(this, cancellation.UnsafeRegister(state => ((Session)state!).Interrupt(), this));
    }

    public abstract void Dispose();

    /// <summary>Statements that are about to begin look at the token: an interrupt finds only those that run.</summary>
    protected abstract void Watch(CancellationToken cancellation);

    /// <summary>Ends the statement that runs, from another thread.</summary>
    protected abstract void Interrupt();

    /// <summary>While it lasts, a statement of the session can be interrupted.</summary>
    internal readonly struct Interruption(Session? session, CancellationTokenRegistration registration) : IDisposable
    {
        public void Dispose()
        {
            if (session is null)
                return;
            // Waits for an interrupt that is under way, so that it cannot hit the connection's next user.
            registration.Dispose();
            session.Watch(CancellationToken.None);
        }
    }
}

/// <summary>The writer's connection: within one transaction each caller has a savepoint of its own.</summary>
internal abstract class WriteSession : Session
{
    public abstract void Save();

    public abstract void RollBackToSave();

    public abstract void Release();
}
