using Google.Protobuf;
using Spectre.Console;

namespace OrderTracking.Admin;

/// <summary>Presents: results as tables or, asked for it, as JSON; notes and progress on the other stream.</summary>
internal sealed class Output
{
    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));
    private readonly TextWriter _results;
    private readonly TextWriter _notes;
    private readonly bool _showsProgress;

    public Output(TextWriter results, TextWriter notes, bool json, bool resultsOnTerminal, bool notesOnTerminal)
    {
        (_results, _notes, IsJson) = (results, notes, json);
        // A bar among lines of JSON on the same terminal would destroy both.
        _showsProgress = notesOnTerminal && !(json && resultsOnTerminal);
        Tables = new Tables(results, resultsOnTerminal);
    }

    public bool IsJson { get; }

    /// <summary>Where tables are written to; only where JSON is not asked for.</summary>
    public Tables Tables { get; }

    public void Note(string text) => _notes.WriteLine(Admin.Tables.Clean(text));

    /// <summary>A list: an array of messages, or a table.</summary>
    public void List<T>(IReadOnlyCollection<T> items, params (string Title, Func<T, string> Cell)[] columns)
        where T : IMessage
    {
        if (IsJson)
            _results.WriteLine($"[{string.Join(",\n ", items.Select(item => Json.Format(item)))}]");
        else if (items.Count == 0)
            _notes.WriteLine("Nothing.");
        else
            Tables.Rows([.. columns.Select(column => column.Title)], [.. items.Select(item => columns.Select(column => column.Cell(item)).ToArray())]);
    }

    /// <summary>One message: itself, or its fields one below the other.</summary>
    public void One<T>(T item, params (string Title, Func<T, string> Cell)[] fields)
        where T : IMessage
    {
        if (IsJson)
            _results.WriteLine(Json.Format(item));
        else
            Tables.Fields(fields.Select(field => (field.Title, field.Cell(item))));
    }

    /// <summary>What belongs to the message shown before; in JSON the message itself holds it.</summary>
    public void Part<T>(string title, IReadOnlyCollection<T> items, params (string Title, Func<T, string> Cell)[] columns)
        where T : IMessage
    {
        if (IsJson || items.Count == 0)
            return;
        Tables.Title(title);
        List(items, columns);
    }

    /// <summary>JSON or CSV that is no message of the API.</summary>
    public void Raw(string text) => _results.WriteLine(text);

    /// <summary>Runs something that tells how far it is, from 0 to 1, and in words; on a terminal as a bar.</summary>
    public async Task<T> Progress<T>(string title, Func<Action<double, string>, Task<T>> work)
    {
        if (!_showsProgress)
            return await work((_, _) => { });
        var progress = Admin.Tables.Console(_notes, terminal: true).Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn());
        return await progress.StartAsync(async context =>
        {
            var bar = context.AddTask(Markup.Escape(title), maxValue: 1);
            return await work((share, words) =>
            {
                bar.Description = Markup.Escape($"{title}{words}");
                bar.Value = share;
            });
        });
    }
}
