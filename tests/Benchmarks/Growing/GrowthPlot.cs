using System.Globalization;
using System.Text;

namespace OrderTracking.Benchmarks.Growing;

/// <summary>The rows as two plots beside each other: rates and memory over stored orders. Readable on a light and on a dark page.</summary>
internal static class GrowthPlot
{
    private const double Width = 300;
    private const double Height = 180;
    private const double Top = 40;
    private const double MebiByte = 1 << 20;

    private static readonly (string Name, string Class, Func<GrowthRow, double> Value)[] Rates =
    [
        ("PlaceOrder", "a", row => row.PlaceOrder),
        ("GetOrder", "b", row => row.GetOrder),
        ("ListOrders", "c", row => row.ListOrders),
        ("CheckShipment", "d", row => row.CheckShipment),
    ];

    private static readonly (string Name, string Class, Func<GrowthRow, double> Value)[] Memory =
    [
        ("after reads", "b", row => row.ResidentBytes / MebiByte),
        ("after placing", "a", row => row.ResidentBytesAtEnd / MebiByte),
    ];

    private const string Style = """
        text { font: 11px system-ui, sans-serif; fill: #24292f; } .title { font-weight: 600; } .axis { stroke: #8c959f; stroke-width: 1; } .grid { stroke: #8c959f; stroke-width: .3; }
        polyline { fill: none; stroke-width: 2; } .a { stroke: #0969da; fill: #0969da; } .b { stroke: #1a7f37; fill: #1a7f37; } .c { stroke: #9a6700; fill: #9a6700; } .d { stroke: #8250df; fill: #8250df; }
        text.a, text.b, text.c, text.d { stroke: none; }
        @media (prefers-color-scheme: dark) { text { fill: #e6edf3; } .a { stroke: #58a6ff; fill: #58a6ff; } .b { stroke: #3fb950; fill: #3fb950; } .c { stroke: #d29922; fill: #d29922; } .d { stroke: #bc8cff; fill: #bc8cff; } polyline { fill: none; } }
        polyline.a, polyline.b, polyline.c, polyline.d { fill: none; }
        """;

    public static string Of(IReadOnlyList<GrowthRow> rows)
    {
        var svg = new StringBuilder();
        Line(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 900 270\" role=\"img\" aria-label=\"Rates and memory over stored orders\">");
        Line(svg, $"<style>{Style}</style>");
        Panel(svg, 50, "calls a second, over stored orders", rows, Rates);
        Panel(svg, 500, "resident memory of the order service, MiB, over stored orders", rows, Memory);
        return svg.Append("</svg>\n").ToString();
    }

    // Both axes begin where nothing is: the vertical one at 0, so that a flat line is flat.
    private static void Panel(
        StringBuilder svg, double left, string title, IReadOnlyList<GrowthRow> rows, IReadOnlyList<(string Name, string Class, Func<GrowthRow, double> Value)> series)
    {
        var top = Round(series.Max(one => rows.Max(one.Value)));
        double X(GrowthRow row) => left + 20 + (Width - 40) * Share(rows, row);
        double Y(double value) => Top + Height * (1 - value / top);
        Line(svg, $"<text class=\"title\" x=\"{left:0}\" y=\"20\">{title}</text>");
        for (var step = 0; step <= 4; step++)
        {
            Line(svg, $"<line class=\"{(step == 0 ? "axis" : "grid")}\" x1=\"{left:0}\" x2=\"{left + Width:0}\" y1=\"{Y(top * step / 4):0.0}\" y2=\"{Y(top * step / 4):0.0}\"/>");
            Line(svg, $"<text x=\"{left - 6:0}\" y=\"{Y(top * step / 4) + 4:0.0}\" text-anchor=\"end\">{top * step / 4:N0}</text>");
        }

        foreach (var row in rows)
            Line(svg, $"<text x=\"{X(row):0}\" y=\"{Top + Height + 18:0}\" text-anchor=\"middle\">{row.Stored:N0}</text>");
        var labels = Spread([.. series.Select(one => Y(one.Value(rows[^1])))]);
        foreach (var (at, (name, style, value)) in series.Index())
        {
            Line(svg, $"<polyline class=\"{style}\" points=\"{string.Join(' ', rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{X(row):0.0},{Y(value(row)):0.0}")))}\"/>");
            foreach (var row in rows)
                Line(svg, $"<circle class=\"{style}\" r=\"3\" cx=\"{X(row):0.0}\" cy=\"{Y(value(row)):0.0}\"><title>{name} at {row.Stored:N0}: {value(row):N0}</title></circle>");
            Line(svg, $"<text class=\"{style}\" x=\"{left + Width - 8:0}\" y=\"{labels[at] + 4:0.0}\">{name} {value(rows[^1]):N0}</text>");
        }
    }

    private static double Share(IReadOnlyList<GrowthRow> rows, GrowthRow row) => rows.Count == 1
        ? 0.5
        : (Math.Log10(row.Stored) - Math.Log10(rows[0].Stored)) / (Math.Log10(rows[^1].Stored) - Math.Log10(rows[0].Stored));

    // Up to a number that is divided by four without a rest.
    private static double Round(double value)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(value, 4)))) / 5;
        return Math.Max(4, Math.Ceiling(value / (unit * 4)) * unit * 4);
    }

    // Labels that would lie over each other are moved apart, downwards.
    private static double[] Spread(double[] wanted)
    {
        const double Least = 13;
        var places = (double[])wanted.Clone();
        var below = double.NegativeInfinity;
        foreach (var at in Enumerable.Range(0, places.Length).OrderBy(at => wanted[at]))
            below = places[at] = Math.Max(places[at], below + Least);
        return places;
    }

    private static void Line(StringBuilder svg, FormattableString line) => svg.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
