using Spectre.Console;
using Spectre.Console.Rendering;

namespace OrderTracking.Admin;

/// <summary>
/// Lays rows out for a reader: as a table where it fits, else each row as a block of its own, as <c>psql</c> does. Nothing of a cell is markup, and no value is cut.
/// </summary>
/// <param name="writer">Takes the text.</param>
/// <param name="terminal">It is a terminal: as wide as it is, with colours. Otherwise no escapes and no line of a cell is broken.</param>
internal sealed class Tables(TextWriter writer, bool terminal)
{
    /// <summary>Of a file or a pipe: what is longer is read more easily as blocks.</summary>
    private const int WidthOfFile = 200;

    // Between columns, and at both ends together.
    private const int Gap = 3;
    private const int TextWidthMin = 24;
    private const int TextLinesMax = 4;
    private const int Unlimited = 1_000_000;
    private static readonly Style Heading = new(decoration: Decoration.Bold);

    private static readonly Dictionary<string, Style> Styles = new(StringComparer.Ordinal)
    {
        ["BLOCKED"] = new Style(Color.Red),
        ["PROHIBITED"] = new Style(Color.Red),
        ["NO"] = new Style(Color.Red),
        ["REVOKED"] = new Style(Color.Red),
        ["RECALLED"] = new Style(Color.Red),
        ["REFUSED"] = new Style(Color.Red),
        ["HELD"] = new Style(Color.Yellow),
        ["PARTLY_HELD"] = new Style(Color.Yellow),
        ["OPEN"] = new Style(Color.Yellow),
        ["RELEASE_PROPOSED"] = new Style(Color.Yellow),
        ["PROPOSED"] = new Style(Color.Yellow),
        ["WAITING"] = new Style(Color.Yellow),
        ["LICENCE_REQUIRED"] = new Style(Color.Yellow),
        ["UNDETERMINED"] = new Style(Color.Yellow),
        ["NOT_PLACED"] = new Style(Color.Yellow),
        ["READY"] = new Style(Color.Green),
        ["CLEARED"] = new Style(Color.Green),
        ["SETTLED"] = new Style(Color.Green),
        ["APPROVED"] = new Style(Color.Green),
        ["ACTIVE"] = new Style(Color.Green),
        ["REPLAYED"] = new Style(Color.Green),
        ["yes"] = new Style(Color.Green),
    };

    public void Rows(IReadOnlyList<string> titles, IReadOnlyList<string[]> rows)
    {
        var clean = rows.Select(row => Array.ConvertAll(row, Clean)).ToList();
        // A column in which nothing stands tells nothing.
        var used = Enumerable.Range(0, titles.Count).Where(at => clean.Exists(row => row[at].Length > 0)).ToList();
        titles = [.. used.Select(at => titles[at])];
        clean = [.. clean.Select(row => used.Select(at => row[at]).ToArray())];
        if (Fits(titles, clean))
            Print(AsTable(titles, clean));
        else
            foreach (var row in clean)
                Print(AsBlock(titles, row));
    }

    /// <summary>Titles and values, one below the other; what is blank is left out.</summary>
    public void Fields(IEnumerable<(string Title, string Value)> fields) =>
        Print(Grid(fields.Select(field => (field.Title, Value: Clean(field.Value))).Where(field => field.Value.Length > 0)));

    public void Title(string text)
    {
        writer.WriteLine();
        Print(new Text(Clean(text), Heading));
    }

    /// <summary>Without what a terminal would obey: a name in an order may hold escapes.</summary>
    public static string Clean(string text) => string.Concat(text.Select(sign => (char.IsControl(sign) && sign != '\n') || TurnsText(sign) ? '?' : sign));

    // What makes the letters after it run the other way, so that one name reads as another.
    private static bool TurnsText(char sign) => sign is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    /// <summary>A console over a writer.</summary>
    public static IAnsiConsole Console(TextWriter writer, bool terminal)
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

    private static Table AsTable(IReadOnlyList<string> titles, List<string[]> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        for (var at = 0; at < titles.Count; at++)
        {
            var column = new TableColumn(new Text(titles[at], Heading));
            table.AddColumn(IsText(rows, at) ? column : column.NoWrap());
        }

        foreach (var row in rows)
            table.AddRow(row.Select(ToText));
        return table;
    }

    private static Grid AsBlock(IReadOnlyList<string> titles, string[] row) =>
        new Grid().AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) }).AddRow(Grid(titles.Zip(row).Where(field => field.Second.Length > 0))).AddEmptyRow();

    private static Grid Grid(IEnumerable<(string Title, string Value)> fields)
    {
        var grid = new Grid().AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(2, 0, 2, 0) }).AddColumn();
        foreach (var (title, value) in fields)
            grid.AddRow(new Text(title, Heading), ToText(value));
        return grid;
    }

    private static Text ToText(string cell) => new(cell, Styles.GetValueOrDefault(cell));

    private bool Fits(IReadOnlyList<string> titles, List<string[]> rows)
    {
        var needed = titles.Select((title, at) => Math.Max(title.Length, Needed(rows, at))).Sum(width => width + Gap) + Gap;
        return needed <= (terminal ? Console(writer, terminal).Profile.Width : WidthOfFile);
    }

    // On a terminal sentences may be broken; ids and names may not: they are copied.
    private int Needed(List<string[]> rows, int at)
    {
        var longest = rows.Max(row => row[at].Split('\n').Max(line => line.Length));
        if (!terminal || !IsText(rows, at))
            return longest;
        var word = rows.Max(row => row[at].Split(' ', '\n').Max(part => part.Length));
        return Math.Min(longest, Math.Max(Math.Max(TextWidthMin, word), longest / TextLinesMax));
    }

    private static bool IsText(List<string[]> rows, int at) => rows.Exists(row => row[at].Length > TextWidthMin && row[at].Contains(' ', StringComparison.Ordinal));

    private void Print(IRenderable what)
    {
        if (terminal)
        {
            Console(writer, terminal).Write(what);
            if (what is Text)
                writer.WriteLine();
            return;
        }

        var text = new StringWriter();
        Console(text, terminal: false).Write(what);
        foreach (var line in text.ToString().TrimEnd('\r', '\n').Split('\n'))
            writer.WriteLine(line.TrimEnd());
    }
}
