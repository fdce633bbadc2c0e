using System.Data;
using System.Globalization;
using Dapper;

namespace OrderTracking.BuildingBlocks.Data;

/// <summary>How values are written as text, so that text order is the order of the values.</summary>
internal static class TypeHandlers
{
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";
    private const string DateFormat = "yyyy-MM-dd";
    private static int s_registered;

    /// <summary>Registers the handlers with Dapper, once a process.</summary>
    public static void Register()
    {
        if (Interlocked.Exchange(ref s_registered, 1) != 0)
            return;
        // Dapper asks its type map before its handlers: without this a bare Guid goes in UPPER CASE and an instant keeps its offset.
        foreach (var type in (Type[])[typeof(DateTimeOffset), typeof(DateOnly), typeof(Guid), typeof(decimal)])
        {
            SqlMapper.RemoveTypeMap(type);
            SqlMapper.RemoveTypeMap(typeof(Nullable<>).MakeGenericType(type));
        }

        SqlMapper.AddTypeHandler(new Handler<DateTimeOffset>(InstantText, text => DateTimeOffset.ParseExact(
            text, InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal)));
        SqlMapper.AddTypeHandler(new Handler<DateOnly>(DateText, text => DateOnly.ParseExact(text, DateFormat, CultureInfo.InvariantCulture)));
        SqlMapper.AddTypeHandler(new Handler<Guid>(value => value.ToString("D"), Guid.Parse));
        SqlMapper.AddTypeHandler(new Handler<decimal>(
            value => value.ToString(CultureInfo.InvariantCulture), text => decimal.Parse(text, CultureInfo.InvariantCulture)));
    }

    /// <summary>The stored text of an instant: UTC, fixed width, seven fractional digits.</summary>
    public static string InstantText(DateTimeOffset value) =>
        value.ToUniversalTime().ToString(InstantFormat, CultureInfo.InvariantCulture);

    /// <summary>The stored text of a date.</summary>
    public static string DateText(DateOnly value) => value.ToString(DateFormat, CultureInfo.InvariantCulture);

    private sealed class Handler<T>(Func<T, string> write, Func<string, T> read) : SqlMapper.TypeHandler<T>
    {
        public override void SetValue(IDbDataParameter parameter, T? value)
        {
            parameter.DbType = DbType.String;
            parameter.Value = value is null ? DBNull.Value : write(value);
        }

        public override T Parse(object value) => read(Convert.ToString(value, CultureInfo.InvariantCulture)!);
    }
}
