using System.Globalization;
using System.Runtime.CompilerServices;

namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>
/// Where a field of a request is, such as <c>order.lines[2].quantity</c>, written as an interpolated string. Its text is made only when
/// something is wrong with the field: a request has dozens of fields, and nearly all are right.
/// </summary>
[InterpolatedStringHandler]
public struct FieldPath
{
    private Parts _parts;
    private int _count;

    /// <summary>Begins a path; the compiler does.</summary>
    /// <param name="literalLength">Characters of the fixed parts.</param>
    /// <param name="formattedCount">Parts that are filled in.</param>
    public FieldPath(int literalLength, int formattedCount)
    {
    }

    /// <summary>A path whose text is known.</summary>
    /// <param name="path">Its text.</param>
    public static implicit operator FieldPath(string path)
    {
        var field = new FieldPath(0, 0);
        field.AppendLiteral(path);
        return field;
    }

    /// <summary>Goes further.</summary>
    /// <param name="value">The next characters.</param>
    public void AppendLiteral(string value)
    {
        // Deeper than any request goes: then what there is becomes one part.
        if (_count == Parts.Size)
            (_parts[0], _count) = (ToString(), 1);
        _parts[_count++] = value;
    }

    /// <inheritdoc cref="AppendLiteral"/>
    public void AppendFormatted(string value) => AppendLiteral(value);

    /// <inheritdoc cref="AppendLiteral"/>
    public void AppendFormatted(int value) => AppendLiteral(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Begins where another path ends.</summary>
    /// <param name="value">The other path.</param>
    public void AppendFormatted(in FieldPath value)
    {
        if (_count == 0)
        {
            this = value;
            return;
        }

        for (var part = 0; part < value._count; part++)
            AppendLiteral(value._parts[part]!);
    }

    /// <inheritdoc/>
    public override readonly string ToString() => string.Concat(((ReadOnlySpan<string?>)_parts)[.._count]);

    [InlineArray(Size)]
    private struct Parts
    {
        public const int Size = 8;
        private string? _first;
    }
}
