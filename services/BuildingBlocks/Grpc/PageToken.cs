using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>The place a page ended at, bound to the filter and order it was read with.</summary>
/// <param name="Digest">Of filter and order.</param>
/// <param name="Key">The order column's value: <c>s</c> and a text, or <c>n</c> and a whole number. Null when ordered by seq.</param>
/// <param name="Seq">The last row's seq.</param>
internal sealed record PageToken(string Digest, string? Key, long Seq)
{
    private const int DigestCharacters = 16;

    /// <summary>The order column's value as a parameter of the type the column has; null where it is none.</summary>
    public object? KeyOf(ListField field) => field switch
    {
        _ when Key?[0] == 'n' => long.Parse(Key.AsSpan(1), CultureInfo.InvariantCulture),
        { Kind: ListFieldKind.Date or ListFieldKind.Instant, StoredAsText: false } => FilterTerm.ValueOf(Key![1..], field.Kind),
        _ => Key![1..],
    };

    public static string KeyOf(object? value, ListFieldKind kind) => value switch
    {
        string text => "s" + text,
        DateTime day when kind == ListFieldKind.Date => "s" + TypeHandlers.DateText(DateOnly.FromDateTime(day)),
        DateTime instant => "s" + TypeHandlers.InstantText(new DateTimeOffset(instant, TimeSpan.Zero)),
        DateOnly date => "s" + TypeHandlers.DateText(date),
        DateTimeOffset instant => "s" + TypeHandlers.InstantText(instant),
        bool flag => flag ? "n1" : "n0",
        long or int or short or byte => "n" + Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException("A list is ordered by text, dates, instants or whole numbers that are never null."),
    };

    public static string DigestOf(string filter, string orderBy) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(filter.Trim() + "\n" + orderBy.Trim())))[..DigestCharacters];

    public string Write() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this));

    /// <summary>Reads a token; null and a violation where it is damaged or of another list.</summary>
    public static PageToken? Read(string text, string digest, ListField? orderField, Violations violations)
    {
        if (Decode(text) is { } token && token.Digest == digest && token.Key is null == orderField is null
            && (orderField is null || token.KeyOf(orderField) is not null))
            return token;
        violations.Add("page_token", BuildingReasons.PageTokenInvalid, text, "a next_page_token of the same filter and order_by");
        return null;
    }

    private static PageToken? Decode(string text)
    {
        try
        {
            var token = JsonSerializer.Deserialize<PageToken>(Base64Url.DecodeFromChars(text));
            return token?.Key is "" || (token?.Key is ['n', .. var number] && !long.TryParse(number, CultureInfo.InvariantCulture, out _))
                ? null
                : token;
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
            return null;
        }
    }
}
