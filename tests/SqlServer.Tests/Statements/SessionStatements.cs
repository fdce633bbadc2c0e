using System.Reflection;
using OrderTracking.BuildingBlocks.Data.SqlServer;

namespace OrderTracking.SqlServer.Tests.Statements;

/// <summary>What the code says to SQL Server alone: how a session begins and ends, and how it migrates.</summary>
internal static class SessionStatements
{
    public static IReadOnlySet<string> All { get; } = ((Type[])[typeof(SqlServerStatements), typeof(SqlServerSchemaStatements)])
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        .Where(field => field is { IsLiteral: true } && field.FieldType == typeof(string))
        .Select(field => ((string)field.GetRawConstantValue()!).ReplaceLineEndings("\n"))
        .ToHashSet(StringComparer.Ordinal);
}
