using System.Data;
using System.Globalization;
using Dapper;
using Microsoft.Data.SqlClient;
using OrderTracking.BuildingBlocks.Data.SqlServer;

namespace OrderTracking.BuildingBlocks.Data;

/// <summary>
/// How values are written and read: on SQLite as text, so that text order is the order of the values, on SQL Server as
/// <see cref="SqlServerParameters"/> says.
/// </summary>
internal static class TypeHandlers
{
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";
    private const string DateFormat = "yyyy-MM-dd";

    /// <summary>Registers the handlers with Dapper.</summary>
    public static void Register()
    {
        // Dapper asks its type map before its handlers: without this a bare Guid goes in UPPER CASE and an instant keeps its offset.
        foreach (var type in (Type[])[typeof(DateTimeOffset), typeof(DateOnly), typeof(Guid), typeof(decimal)])
        {
            SqlMapper.RemoveTypeMap(type);
            SqlMapper.RemoveTypeMap(typeof(Nullable<>).MakeGenericType(type));
        }

        SqlMapper.AddTypeHandler(typeof(DateTimeOffset), new Handler<DateTimeOffset>(InstantOf));
        SqlMapper.AddTypeHandler(typeof(DateOnly), new Handler<DateOnly>(DateOf));
        SqlMapper.AddTypeHandler(typeof(Guid), new Handler<Guid>(stored => Guid.Parse(TextOf(stored))));
        SqlMapper.AddTypeHandler(typeof(decimal), new Handler<decimal>(stored => decimal.Parse(TextOf(stored), CultureInfo.InvariantCulture)));
    }

    /// <summary>A value as SQLite stores it.</summary>
    public static object? Stored(object? value) => value switch
    {
        Guid id => id.ToString("D"),
        DateTimeOffset instant => InstantText(instant),
        DateOnly date => DateText(date),
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        _ => value,
    };

    /// <summary>The stored text of an instant: UTC, fixed width, seven fractional digits.</summary>
    public static string InstantText(DateTimeOffset value) =>
        value.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>The stored text of a date.</summary>
    public static string DateText(DateOnly value) => value.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset InstantOf(object stored) => stored is DateTime instant
        ? new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc))
        : DateTimeOffset.ParseExact(
            TextOf(stored), InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    private static DateOnly DateOf(object stored) => stored is DateTime date
        ? DateOnly.FromDateTime(date)
        : DateOnly.ParseExact(TextOf(stored), DateFormat, CultureInfo.InvariantCulture);

    private static string TextOf(object stored) => Convert.ToString(stored, CultureInfo.InvariantCulture)!;

    // Not Dapper's TypeHandler<T>: that one is not asked about absent values, and they would go without their type.
    private sealed class Handler<T>(Func<object, T> read) : SqlMapper.ITypeHandler
        where T : struct
    {
        public void SetValue(IDbDataParameter parameter, object value)
        {
            if (parameter is SqlParameter sent)
            {
                // The stored form follows when the command runs: members of a list come without asking here.
                SqlServerParameters.Declare(sent, typeof(T));
                sent.Value = value;
                return;
            }

            parameter.DbType = DbType.String;
            parameter.Value = Stored(value);
        }

        public object Parse(Type destinationType, object value) => read(value);
    }
}
