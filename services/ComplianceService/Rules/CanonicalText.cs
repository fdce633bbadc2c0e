using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>
/// The text <see cref="Canonical"/> makes, in UTF-8 from the start: for a digest that is made at every decision. Whoever makes one disposes of it.
/// </summary>
/// <param name="room">To begin in; more is rented as it is needed.</param>
internal ref struct CanonicalText(Span<byte> room)
{
    // Of a decimal, a date or a count.
    private const int NumberBytesMax = 64;
    private const decimal WholeMax = 1L << 53;
    private Span<byte> _room = room;
    private byte[]? _rented;
    private int _length;

    public void Add(string text)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        _length += Encoding.UTF8.GetBytes(text, _room[_length..]);
    }

    /// <summary>Adds one field; null and empty differ.</summary>
    public void Field(string name, string? value)
    {
        Begin(name);
        if (value is null)
            Add("-");
        else
        {
            Count(value.Length);
            Add(value);
        }

        Add("\n");
    }

    /// <inheritdoc cref="Field(string, string)"/>
    public void Field(string name, long? value)
    {
        Span<byte> text = stackalloc byte[NumberBytesMax];
        var length = 0;
        if (value is { } number)
            number.TryFormat(text, out length, default, CultureInfo.InvariantCulture);
        Ascii(name, text[..length]);
    }

    /// <inheritdoc cref="Field(string, string)"/>
    public void Field(string name, decimal? value)
    {
        if (value is { } number && !(number >= 1 && number < WholeMax && decimal.Truncate(number) == number))
            Field(name, Canonical.Number(number));
        else
            Field(name, (long?)value);
    }

    /// <inheritdoc cref="Field(string, string)"/>
    public void Field(string name, DateOnly value)
    {
        Span<byte> text = stackalloc byte[NumberBytesMax];
        value.TryFormat(text, out var length, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        Ascii(name, text[..length]);
    }

    /// <summary>Lower-case SHA-256 hex of the text.</summary>
    public readonly string Digest()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_room[.._length], hash);
        return Convert.ToHexStringLower(hash);
    }

    public readonly void Dispose()
    {
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
    }

    private void Begin(string name)
    {
        Add(name);
        Add("=");
    }

    // No number is written without a character: none is an absent one.
    private void Ascii(string name, scoped ReadOnlySpan<byte> value)
    {
        Begin(name);
        if (value.IsEmpty)
            Add("-");
        else
        {
            Count(value.Length);
            Reserve(value.Length);
            value.CopyTo(_room[_length..]);
            _length += value.Length;
        }

        Add("\n");
    }

    private void Count(int characters)
    {
        Reserve(NumberBytesMax);
        characters.TryFormat(_room[_length..], out var length, default, CultureInfo.InvariantCulture);
        _length += length;
        Add(":");
    }

    private void Reserve(int bytes)
    {
        if (_room.Length - _length >= bytes)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_room.Length * 2, _length + bytes));
        _room[.._length].CopyTo(larger);
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
        _room = _rented = larger;
    }
}
