using System.Reflection;
using Microsoft.Data.SqlClient;

namespace OrderTracking.BuildingBlocks.Tests.Data.SqlServer;

/// <summary>Makes the errors only a server makes.</summary>
internal static class SqlErrors
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic;

    public static SqlException Of(int number, byte errorClass = 16)
    {
        var errors = (SqlErrorCollection)Activator.CreateInstance(typeof(SqlErrorCollection), nonPublic: true)!;
        var constructor = typeof(SqlError).GetConstructors(Hidden).Single(one => one.GetParameters().Length == 8 && one.GetParameters()[^1].ParameterType == typeof(Exception));
        var error = constructor.Invoke([number, (byte)1, errorClass, "server", "message", "", 1, null]);
        typeof(SqlErrorCollection).GetMethod("Add", Hidden)!.Invoke(errors, [error]);
        var create = typeof(SqlException).GetMethods(Hidden).Single(one =>
            one.Name == "CreateException" && one.GetParameters() is [{ ParameterType.Name: nameof(SqlErrorCollection) }, { ParameterType.Name: nameof(String) }]);
        return (SqlException)create.Invoke(null, [errors, "16.0.0"])!;
    }
}
