using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OrderTracking.BuildingBlocks.Grpc;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Outlook.Expedite;

/// <summary>A row's place in the list: by last lawful date, then currency, then value, the greatest first, then age.</summary>
/// <param name="Digest">Of what was asked for: a place is one in that list only.</param>
internal sealed record ExpeditePlace(string Digest, DateOnly LastLawful, string Currency, long ValueMinor, long Seq) : IComparable<ExpeditePlace>
{
    private const int DigestCharacters = 16;

    public int CompareTo(ExpeditePlace? other)
    {
        if (other is null)
            return 1;
        var byDate = LastLawful.CompareTo(other.LastLawful);
        var byCurrency = byDate != 0 ? byDate : string.CompareOrdinal(Currency, other.Currency);
        var byValue = byCurrency != 0 ? byCurrency : other.ValueMinor.CompareTo(ValueMinor);
        return byValue != 0 ? byValue : Seq.CompareTo(other.Seq);
    }

    public static string DigestOf(V1.ListExpeditableRequest request)
    {
        var asked = string.Join('\n', request.PartNumber, request.DestinationCountry, request.Customer.Trim(), request.Order);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(asked)))[..DigestCharacters];
    }

    public string Write() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this));

    /// <summary>Reads a token; null and a violation where it is damaged or of another list.</summary>
    public static ExpeditePlace? Read(string text, string digest, Violations violations)
    {
        try
        {
            if (JsonSerializer.Deserialize<ExpeditePlace>(Base64Url.DecodeFromChars(text)) is { Currency: not null } place && place.Digest == digest)
                return place;
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
            // Damaged: refused below, as one of another list is.
        }

        violations.Add("page_token", BuildingReasons.PageTokenInvalid, text, "a next_page_token of the same list");
        return null;
    }
}
