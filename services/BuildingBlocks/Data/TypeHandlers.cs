using System.Data;
using System.Globalization;
using Dapper;

namespace OrderTracking.BuildingBlocks.Data;

/// <summary>How values are written as text, so that text order is the order of the values.</summary>
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

        SqlMapper.AddTypeHandler(new Handler<DateTimeOffset>(text => DateTimeOffset.ParseExact(
            text, InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal)));
        SqlMapper.AddTypeHandler(new Handler<DateOnly>(text => DateOnly.ParseExact(text, DateFormat, CultureInfo.InvariantCulture)));
        SqlMapper.AddTypeHandler(new Handler<Guid>(Guid.Parse));
        SqlMapper.AddTypeHandler(new Handler<decimal>(text => decimal.Parse(text, CultureInfo.InvariantCulture)));
    }

    /// <summary>A value as it is stored.</summary>
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
        value.ToUniversalTime().ToString(InstantFormat, CultureInfo.InvariantCulture);

    /// <summary>The stored text of a date.</summary>
    public static string DateText(DateOnly value) => value.ToString(DateFormat, CultureInfo.InvariantCulture);

    private sealed class Handler<T>(Func<string, T> read) : SqlMapper.TypeHandler<T>
    {
        public override void SetValue(IDbDataParameter parameter, T? value)
        {
            parameter.DbType = DbType.String;
            parameter.Value = Stored(value) ?? DBNull.Value;
        }

        public override T Parse(object value) => read(Convert.ToString(value, CultureInfo.InvariantCulture)!);
    }
}
