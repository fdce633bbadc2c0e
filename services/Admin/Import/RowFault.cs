using System.Text.Json.Serialization;

namespace OrderTracking.Admin.Import;

/// <summary>What is wrong with a row of a file.</summary>
/// <param name="Line">The line of the file it begins on, counted from 1.</param>
/// <param name="Reference">The order it belongs to, as the file calls it.</param>
/// <param name="Field">The column; <c>row</c> where it is none in particular.</param>
/// <param name="Value">What is written there.</param>
/// <param name="Allowed">What may be written there.</param>
internal sealed record RowFault(int Line, string Reference, string Field, string Value, string Allowed);

/// <summary>How an order of the file ended.</summary>
/// <param name="Line">The line its first row begins on.</param>
/// <param name="Reference">What the file calls it.</param>
/// <param name="Order">Its name, where it was accepted, now or by an earlier run.</param>
internal sealed record ImportedOrder(int Line, string Reference, string Order);

/// <summary>What became of each order of a file: none is missing from it.</summary>
internal sealed record ImportReport(
    int Orders, IReadOnlyList<ImportedOrder> Accepted, IReadOnlyList<RowFault> Refused, IReadOnlyList<RowFault> Unanswered);

[JsonSerializable(typeof(ImportReport))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
internal sealed partial class ReportJson : JsonSerializerContext;
