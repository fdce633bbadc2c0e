using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace OrderTracking.Host.Traces;

/// <summary>A page in the making. What a hole of an interpolated string brings is encoded; markup is only what this code spells out.</summary>
internal sealed class Html
{
    private readonly StringBuilder _text = new();

    public void Add([InterpolatedStringHandlerArgument("")] ref Markup markup) => markup.EndIn(_text);

    public override string ToString() => _text.ToString();

    /// <summary>Takes the parts of an interpolated string: the constant ones as they are, the others encoded.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Markup
    {
        private readonly StringBuilder _text;

        public Markup(int literalLength, int formattedCount, Html html)
        {
            _text = html._text;
            _text.EnsureCapacity(_text.Length + literalLength + (16 * formattedCount));
        }

        public void AppendLiteral(string markup) => _text.Append(markup);

        public void AppendFormatted(string? value) => _text.Append(HtmlEncoder.Default.Encode(value ?? ""));

        public void AppendFormatted<T>(T value, string? format = null)
            where T : IFormattable => AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));

        internal void EndIn(StringBuilder text)
        {
            if (text == _text)
                text.Append('\n');
        }
    }
}
