using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Type;
using Spectre.Console;

namespace OrderTracking.Admin;

/// <summary>
/// Presents: results as tables or, asked for it, as JSON; notes and progress on the other stream. Redirected, there are no escapes and no line is cut.
/// </summary>
internal sealed class Output
{
    private const int Unlimited = 16_000;
    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));
    private readonly TextWriter _results;
    private readonly TextWriter _notes;
    private readonly bool _notesOnTerminal;

    public Output(TextWriter results, TextWriter notes, bool json, bool resultsOnTerminal, bool notesOnTerminal)
    {
        (_results, _notes, IsJson, _notesOnTerminal) = (results, notes, json, notesOnTerminal);
        Console = On(results, resultsOnTerminal);
    }

    public bool IsJson { get; }

    private IAnsiConsole Console { get; }

    public static string Text(Timestamp? time) =>
        time is null ? "" : time.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Text(Date? date) => date is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{date.Year:0000}-{date.Month:00}-{date.Day:00}");

    public static string Text(Money? money) =>
        money is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{money.DecimalValue:0.00#######} {money.CurrencyCode}");

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Text(Duration? time) => time is null ? "" : time.ToTimeSpan().ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);

    public void Note(string text) => _notes.WriteLine(Clean(text));

    /// <summary>A list: an array of messages, or a table.</summary>
    public void List<T>(IReadOnlyCollection<T> items, params (string Title, Func<T, string> Cell)[] columns)
        where T : IMessage
    {
        if (IsJson)
            _results.WriteLine($"[{string.Join(",\n ", items.Select(item => Json.Format(item)))}]");
        else
            Table([.. columns.Select(column => column.Title)], items.Select(item => columns.Select(column => column.Cell(item)).ToArray()));
    }

    /// <summary>One message: itself, or its fields one below the other; then what belongs to it.</summary>
    public void One<T>(T item, params (string Title, Func<T, string> Cell)[] fields)
        where T : IMessage
    {
        if (IsJson)
            _results.WriteLine(Json.Format(item));
        else
            Table([], fields.Select(field => new[] { field.Title, field.Cell(item) }).Where(row => row[1].Length > 0));
    }

    /// <summary>JSON that is no message of the API.</summary>
    public void Raw(string json) => _results.WriteLine(json);

    /// <summary>A table; nothing of it is markup, whatever the cells hold.</summary>
    public void Table(string[] titles, IEnumerable<string[]> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
        {
            _notes.WriteLine("Nothing.");
            return;
        }

        var table = new Table { Border = TableBorder.Simple, ShowHeaders = titles.Length > 0 };
        foreach (var title in titles.Length > 0 ? titles : [.. all[0].Select(_ => "")])
            table.AddColumn(new TableColumn(new Text(title)));
        foreach (var row in all)
            table.AddRow(row.Select(cell => new Text(Clean(cell))));
        Console.Write(table);
    }

    /// <summary>Runs something that tells how far it is; on a terminal as a bar.</summary>
    public async Task<T> Progress<T>(string title, Func<Action<double>, Task<T>> work)
    {
        if (!_notesOnTerminal)
            return await work(_ => { });
        return await On(_notes, terminal: true).Progress().StartAsync(async context =>
        {
            var bar = context.AddTask(Markup.Escape(title), maxValue: 1);
            var result = await work(share => bar.Value = share);
            bar.Value = 1;
            return result;
        });
    }

    // A name in an order may hold escapes; a terminal must not obey them.
    private static string Clean(string text) => string.Concat(text.Select(sign => char.IsControl(sign) && sign != '\n' ? '?' : sign));

    private static IAnsiConsole On(TextWriter writer, bool terminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = terminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!terminal)
            console.Profile.Width = Unlimited;
        return console;
    }
}
