using Microsoft.SqlServer.Dac;
using Microsoft.SqlServer.Dac.Model;

namespace OrderTracking.SqlServer.Tests.Schema;

/// <summary>
/// A database as DacFx knows it: it resolves every table and column of what is added, without a server. Names differ by case, as in a
/// database with a binary collation, which is stricter than most.
/// </summary>
internal sealed class SchemaModel : IDisposable
{
    private readonly TSqlModel _model = new(SqlServerVersion.Sql150, new TSqlModelOptions { Collation = "Latin1_General_100_BIN2" });

    public SchemaModel(FoldedSchema schema)
    {
        foreach (var fragment in schema.Tables.Values.Concat<Microsoft.SqlServer.TransactSql.ScriptDom.TSqlStatement>(schema.Indexes.Values)
            .Concat(schema.Views.Values).Concat(schema.Triggers.Values))
            _model.AddObjects(TSql.Written(fragment));
    }

    /// <summary>What DacFx finds wrong with the schema and everything added; empty where nothing is.</summary>
    public IReadOnlyList<string> Faults() =>
        [.. _model.Validate().Select(message => $"{message.MessageType} {message.Prefix}{message.Number}: {message.Message}")];

    /// <summary>Adds an object; its error where it cannot be added at all, which spoils the model for everything after it.</summary>
    public string? TryAdd(string text, string name)
    {
        try
        {
            _model.AddOrUpdateObjects(text, name, new TSqlObjectOptions());
            return null;
        }
        catch (DacModelException error)
        {
            return error.Message;
        }
    }

    public void Dispose() => _model.Dispose();
}
