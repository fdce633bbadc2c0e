using System.Data;
using System.Globalization;
using Microsoft.Data.SqlClient;

namespace OrderTracking.BuildingBlocks.Data.SqlServer;

/// <summary>
/// How values are sent to SQL Server: typed as their columns are, and in a few fixed sizes, so that a statement has one plan and not
/// one for every length of a text.
/// </summary>
internal static class SqlServerParameters
{
    private const int IdLength = 36;
    private const int NumberLength = 40;
    private const int TextLengthMax = 4000;
    private const int Unlimited = -1;
    private const byte InstantScale = 7;

    /// <summary>The type of a value that may be absent: an absent one is sent with the type of the present ones.</summary>
    public static void Declare(SqlParameter parameter, Type type)
    {
        if (type == typeof(Guid))
            Set(parameter, SqlDbType.Char, IdLength);
        else if (type == typeof(DateTimeOffset))
            SetInstant(parameter);
        else if (type == typeof(DateOnly))
            parameter.SqlDbType = SqlDbType.Date;
        else if (type == typeof(decimal))
            Set(parameter, SqlDbType.VarChar, NumberLength);
    }

    /// <summary>Gives a parameter its final type, size and value. Doing it again changes nothing.</summary>
    public static void Settle(SqlParameter parameter)
    {
        switch (parameter.Value)
        {
            case null or DBNull:
                parameter.Value = DBNull.Value;
                SettleAbsent(parameter);
                break;
            case Guid or DateTimeOffset or DateOnly or decimal:
                Declare(parameter, parameter.Value.GetType());
                parameter.Value = Sent(parameter.Value);
                break;
            case string text when parameter.SqlDbType is not (SqlDbType.Char or SqlDbType.VarChar):
                Set(parameter, SqlDbType.NVarChar, text.Length <= TextLengthMax ? TextLengthMax : Unlimited);
                break;
            case byte[]:
                Set(parameter, SqlDbType.VarBinary, Unlimited);
                break;
        }
    }

    // Without a size an absent text would make a plan of its own; an absent blob sent as text would be refused.
    private static void SettleAbsent(SqlParameter parameter)
    {
        if (parameter.SqlDbType is SqlDbType.NVarChar)
            parameter.Size = TextLengthMax;
        else if (parameter.SqlDbType is SqlDbType.VarBinary)
            parameter.Size = Unlimited;
    }

    private static object Sent(object value) => value switch
    {
        Guid id => id.ToString("D"),
        DateTimeOffset instant => instant.UtcDateTime,
        DateOnly date => date.ToDateTime(TimeOnly.MinValue),
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        _ => value,
    };

    private static void SetInstant(SqlParameter parameter)
    {
        parameter.SqlDbType = SqlDbType.DateTime2;
        parameter.Scale = InstantScale;
    }

    private static void Set(SqlParameter parameter, SqlDbType type, int size)
    {
        parameter.SqlDbType = type;
        parameter.Size = size;
    }
}
