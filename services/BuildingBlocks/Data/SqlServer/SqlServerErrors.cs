using System.Collections.Frozen;
using Microsoft.Data.SqlClient;

namespace OrderTracking.BuildingBlocks.Data.SqlServer;

/// <summary>What SQL Server's error numbers mean to a transaction.</summary>
internal static class SqlServerErrors
{
    /// <summary>The statement, or the wait for a connection, took longer than it may.</summary>
    public const int Timeout = -2;

    /// <summary>There is no such database, or the login may not open it.</summary>
    public const int CannotOpenDatabase = 4060;

    /// <summary>The database to be made is there already.</summary>
    public const int DatabaseExists = 1801;

    // From this class on the server has closed the connection.
    private const byte ConnectionEnds = 20;

    private static readonly FrozenSet<int> UniqueViolations = FrozenSet.ToFrozenSet([2601, 2627]);

    private static readonly FrozenSet<int> Transient = FrozenSet.ToFrozenSet(
    [
        // The connection: lost, refused, closed by the other side, killed, or not answered.
        Timeout, -1, 2, 53, 64, 121, 233, 258, 596, 10053, 10054, 10060, 10061, 10928, 10929, 10936, 11001,
        // The transaction: victim of a deadlock, waited too long for a lock, its snapshot met a change of the schema or of a row.
        1205, 1222, 3960, 3961,
        // The server: starting, stopping, upgrading, moving the database to another node, out of memory or of workers for now.
        615, 701, 802, 921, 922, 976, 983, 4221, 6001, 6002, 6005, 8645, 8651, 17142, 17197, 18401,
        40143, 40197, 40501, 40540, 40613, 42108, 42109, 49918, 49919, 49920,
    ]);

    /// <summary>True when a unique index or a primary key already holds the value.</summary>
    public static bool IsUniqueViolation(Exception error) => error is SqlException refused && Numbers(refused).Any(UniqueViolations.Contains);

    /// <summary>True when the same transaction may succeed if it is run again.</summary>
    public static bool IsTransient(Exception error) => error switch
    {
        SqlException failed => failed.Class >= ConnectionEnds || Numbers(failed).Any(Transient.Contains),
        TransactionLostException lost => lost.IsRolledBack,
        _ => false,
    };

    /// <summary>True when the server answered that it did not carry the statement out; otherwise it may have done so unheard.</summary>
    public static bool IsRefusal(SqlException error) => error.Number > 0 && error.Class < ConnectionEnds;

    private static IEnumerable<int> Numbers(SqlException error) => error.Errors.Cast<SqlError>().Select(one => one.Number);
}
