using System.Globalization;
using Google.Type;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Contracts;

namespace OrderTracking.Wire;

/// <summary>Money: google.type.Money outside, a count of minor units inside. Amounts are 0 or more.</summary>
public static class WireMoney
{
    private const int NanoDigits = 9;
    private const int NanosMax = 999_999_999;

    /// <summary>Reads an amount that must be given; absent is MONEY_MISSING.</summary>
    /// <returns>The amount; null if it was refused.</returns>
    public static MoneyAmount? Parse(Money? money, in FieldPath field, Violations violations)
    {
        if (money is not null)
            return ParseOptional(money, field, violations);
        violations.Add(field, WireReasons.MoneyMissing, null, "an amount of 0 or more with its currency");
        return null;
    }

    /// <summary>Reads an amount that may be absent.</summary>
    /// <returns>The amount; null if it is absent or was refused.</returns>
    public static MoneyAmount? ParseOptional(Money? money, in FieldPath field, Violations violations)
    {
        if (money is null)
            return null;
        if (Currencies.MinorDigits(money.CurrencyCode) is not { } digits)
        {
            violations.Add($"{field}.currency_code", WireReasons.CurrencyUnknown, money.CurrencyCode, "a currency code of ISO 4217 in upper case, such as USD");
            return null;
        }

        if (money.Units < 0 || money.Nanos < 0)
        {
            violations.Add(field, WireReasons.MoneyNegative, Words(money), "an amount of 0 or more");
            return null;
        }

        if (MinorUnits(money, digits) is { } minorUnits)
            return new MoneyAmount(money.CurrencyCode, minorUnits);
        violations.Add(field, WireReasons.MoneyDoesNotFitCurrency, Words(money), $"an amount with at most {digits} decimal digits whose minor units fit 64 bits");
        return null;
    }

    /// <summary>Writes an amount.</summary>
    /// <exception cref="ArgumentException">The currency is unknown.</exception>
    public static Money Of(MoneyAmount amount)
    {
        var digits = Currencies.MinorDigits(amount.CurrencyCode) ?? throw new ArgumentException($"'{amount.CurrencyCode}' is no currency", nameof(amount));
        var (units, rest) = Math.DivRem(amount.MinorUnits, PowerOfTen(digits));
        return new Money { CurrencyCode = amount.CurrencyCode, Units = units, Nanos = (int)(rest * PowerOfTen(NanoDigits - digits)) };
    }

    private static string Words(Money money) =>
        string.Create(CultureInfo.InvariantCulture, $"{money.Units} units and {money.Nanos} nanos of {money.CurrencyCode}");

    private static long? MinorUnits(Money money, int digits)
    {
        var (fraction, lost) = Math.DivRem(money.Nanos, PowerOfTen(NanoDigits - digits));
        var minorUnits = ((Int128)money.Units * PowerOfTen(digits)) + fraction;
        return lost == 0 && money.Nanos <= NanosMax && minorUnits <= long.MaxValue ? (long)minorUnits : null;
    }

    private static long PowerOfTen(int exponent)
    {
        var power = 1L;
        for (var i = 0; i < exponent; i++)
            power *= 10;
        return power;
    }
}
