using System.Globalization;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.Wire;

/// <summary>Numbers: quantities, and doubles that become decimals before anything compares them.</summary>
public static class WireNumber
{
    private const double WholeMax = 1L << 53;
    private const int DoubleCharactersMax = 32;

    /// <summary>Reads a quantity of units, 1 to 10,000,000.</summary>
    /// <returns>The quantity; null if it was refused.</returns>
    public static long? ParseQuantity(long quantity, in FieldPath field, Violations violations)
    {
        if (quantity is > 0 and <= Limits.QuantityUnitsMax)
            return quantity;
        violations.Add(
            field,
            quantity <= 0 ? WireReasons.QuantityNotPositive : WireReasons.QuantityTooLarge,
            quantity.ToString(CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"1 to {Limits.QuantityUnitsMax} units"));
        return null;
    }

    /// <summary>The decimal a double is written as. Nothing is rounded: what a decimal cannot hold exactly is null, as is NaN.</summary>
    public static decimal? Exact(double value)
    {
        // Whole numbers, as most facts are, need no text; 2^53 and more lie farther apart than one.
        if (Math.Abs(value) < WholeMax && Math.Truncate(value) == value)
            return (long)value;
        Span<char> text = stackalloc char[DoubleCharactersMax];
        if (!value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture)
            || !decimal.TryParse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) || (double)exact != value)
            return null;
        // -0.0 becomes the one zero.
        return exact == 0 ? 0m : exact;
    }
}
