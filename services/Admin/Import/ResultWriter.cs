using System.Globalization;
using System.Text.Json;
using CsvHelper;

namespace OrderTracking.Admin.Import;

/// <summary>
/// Presents results as they come: JSON and the report file hold every order; a table holds what was not accepted, up to the limit, for it has to be kept until its end.
/// </summary>
internal sealed class ResultWriter : IDisposable
{
    private readonly Output _output;
    private readonly int _limit;
    private readonly bool _checkOnly;
    private readonly List<string[]> _shown = [];
    private readonly CsvWriter? _report;
    private int _accepted;
    private int _refused;
    private int _notPlaced;
    private int _faults;
    private int? _notAskedFrom;

    public ResultWriter(Output output, int limit, string? reportPath, bool checkOnly)
    {
        (_output, _limit, _checkOnly) = (output, limit, checkOnly);
        if (reportPath is null)
            return;
        _report = new CsvWriter(new StreamWriter(reportPath, append: false), CultureInfo.InvariantCulture);
        Report("line", "reference", "outcome", "order", "field", "value", "allowed");
    }

    public OrderCounts Counts => new(_accepted + _refused + _notPlaced, _accepted, _refused, _notPlaced);

    public void Dispose() => _report?.Dispose();

    public void Begin()
    {
        if (_output.IsJson)
            _output.Raw($"{{\"checkOnly\":{(_checkOnly ? "true" : "false")},\"results\":[");
    }

    public void Add(OrderResult result)
    {
        if (_output.IsJson)
            _output.Raw($"{(Counts.Orders > 0 ? "," : "")}{JsonSerializer.Serialize(result, ResultJson.Default.OrderResult)}");
        _ = result.Outcome switch
        {
            OrderResult.Accepted or OrderResult.Acceptable => _accepted++,
            OrderResult.Refused => _refused++,
            _ => _notPlaced++,
        };
        if (result.Faults.Count == 0)
            Report(Text(result.Line), result.Reference, result.Outcome, result.Order, "", "", "");
        foreach (var fault in result.Faults)
        {
            Report(Text(fault.Line), result.Reference, result.Outcome, "", fault.Field, fault.Value, fault.Allowed);
            // What was not asked for is told by its number, and where it begins.
            if (fault.Allowed.StartsWith(OrderResult.NotAsked, StringComparison.Ordinal))
                _notAskedFrom ??= fault.Line;
            else if (++_faults <= _limit && !_output.IsJson)
                _shown.Add([Text(fault.Line), result.Reference, result.Outcome, fault.Field, fault.Value, fault.Allowed]);
        }
    }

    public void End()
    {
        var counts = Counts;
        if (_output.IsJson)
        {
            _output.Raw(string.Create(
                CultureInfo.InvariantCulture,
                $"],\"orders\":{counts.Orders},\"accepted\":{counts.Accepted},\"refused\":{counts.Refused},\"notPlaced\":{counts.NotPlaced}}}"));
            return;
        }

        if (_shown.Count > 0)
            _output.Tables.Rows(["Line", "Reference", "Outcome", "Field", "Value", "Allowed, or why"], _shown);
        if (_faults > _shown.Count)
            _output.Note($"These are {Cell.Text(_shown.Count)} of {Cell.Text(_faults)}; --limit shows more, --report FILE writes them all.");
        if (_notAskedFrom is { } line)
            _output.Note($"From line {Text(line)} on the server was not asked.");
        _output.Raw(
            $"{Cell.Text(counts.Orders)} orders: {Cell.Text(counts.Accepted)} {(_checkOnly ? "would be accepted" : "accepted, now or by an earlier run")}; "
            + $"{Cell.Text(counts.Refused)} refused; {Cell.Text(counts.NotPlaced)} not placed.{(_checkOnly ? " Nothing was placed: that was a check." : "")}");
    }

    // A line number is copied into an editor: without separators.
    private static string Text(int line) => line.ToString(CultureInfo.InvariantCulture);

    private void Report(params string[] cells)
    {
        if (_report is null)
            return;
        foreach (var cell in cells)
            _report.WriteField(cell);
        _report.NextRecord();
    }
}
