using System.Globalization;
using Microsoft.Data.Sqlite;
using OrderTracking.BuildingBlocks.Data.SqlServer;

namespace OrderTracking.BuildingBlocks.Data;

/// <summary>What cannot be said in one SQL text for every engine. Everything else is written once.</summary>
public sealed class Dialect
{
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteIoError = 10;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;
    private const int SqliteConstraintPrimaryKey = 1555;
    private const int SqliteConstraintUnique = 2067;

    private Dialect(string name, string pageFormat, Func<Exception, bool> isUniqueViolation, Func<Exception, bool> isTransient)
    {
        Name = name;
        _pageFormat = pageFormat;
        _isUniqueViolation = isUniqueViolation;
        _isTransient = isTransient;
    }

    private readonly string _pageFormat;
    private readonly Func<Exception, bool> _isUniqueViolation;
    private readonly Func<Exception, bool> _isTransient;

    /// <summary>SQLite, the embedded default.</summary>
    public static Dialect Sqlite { get; } = new(
        "sqlite",
        "limit {0}",
        error => error is SqliteException { SqliteExtendedErrorCode: SqliteConstraintUnique or SqliteConstraintPrimaryKey },
        // A disk that is full or away comes back, and the same transaction with it.
        error => error is SqliteException
        {
            SqliteErrorCode: SqliteBusy or SqliteLocked or SqliteIoError or SqliteFull or SqliteCannotOpen,
        });

    /// <summary>SQL Server, for several replicas on several machines.</summary>
    public static Dialect SqlServer { get; } = new(
        "sqlserver", "offset 0 rows fetch next {0} rows only", SqlServerErrors.IsUniqueViolation, SqlServerErrors.IsTransient);

    /// <summary>The engine's name in lower case, for messages.</summary>
    public string Name { get; }

    /// <summary>What a migration file of this engine ends in, such as <c>.sqlite.sql</c>.</summary>
    public string MigrationSuffix => $".{Name}.sql";

    /// <summary>The suffix, put after ORDER BY, that cuts a result to the rows the parameter <paramref name="take"/> counts.</summary>
    public string Page(string take = "@take") =>
        StatementLog.Marked("page", take, string.Format(CultureInfo.InvariantCulture, _pageFormat, take));

    /// <summary>Of a statement that no common text can say, such as a claim, the one of this engine.</summary>
    /// <param name="sqlite">The whole statement as SQLite takes it.</param>
    /// <param name="sqlServer">The whole statement as SQL Server takes it; same parameters, same columns.</param>
    public string Of(string sqlite, string sqlServer) =>
        ReferenceEquals(this, Sqlite) ? StatementLog.Marked("statement", sqlServer, sqlite) : sqlServer;

    /// <summary>True when a statement failed because a unique key or a primary key was already taken.</summary>
    public bool IsUniqueViolation(Exception error) => _isUniqueViolation(error);

    /// <summary>True when the same transaction may succeed if it is run again.</summary>
    public bool IsTransient(Exception error) => _isTransient(error);

    /// <summary>The same for a failure whose engine is not known.</summary>
    internal static bool IsTransientAnywhere(Exception error) => Sqlite.IsTransient(error) || SqlServer.IsTransient(error);
}
