using System.Globalization;
using System.Text;

namespace OrderTracking.AuditTrail;

/// <summary>
/// The text a record's digest is made of: one line a field, <c>name=length:value</c>, null as <c>name=-</c>. The length makes it sure that no
/// value passes for the next field.
/// </summary>
public sealed class RecordText
{
    private readonly StringBuilder _text;

    /// <param name="form">What the text is of, with the number of its form, such as <c>permit 1</c>.</param>
    public RecordText(string form) => _text = new StringBuilder(form).Append('\n');

    /// <summary>Adds a text; null and blank differ.</summary>
    public RecordText Add(string name, string? value)
    {
        _text.Append(name).Append('=');
        _ = value is null ? _text.Append('-') : _text.Append(CultureInfo.InvariantCulture, $"{value.Length}:").Append(value);
        _text.Append('\n');
        return this;
    }

    public RecordText Add(string name, long? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public RecordText Add(string name, Guid? value) => Add(name, value?.ToString("D"));

    public RecordText Add(string name, DateOnly? value) => Add(name, value?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public RecordText Add(string name, DateTimeOffset? value) => Add(name, value is { } instant ? Instant(instant) : null);

    /// <summary>An instant as it is hashed: UTC, seven fractional digits.</summary>
    public static string Instant(DateTimeOffset value) =>
        value.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    public override string ToString() => _text.ToString();
}
