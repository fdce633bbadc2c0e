using System.Buffers;
using Google.Protobuf;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Replay;

/// <summary>
/// Of a stored decision what a replay starts from: what was asked, and what surrounds the decision. What was decided is most of the record and is made
/// anew and compared as bytes, so it is read only where it came out otherwise.
/// </summary>
internal static class RecordedPart
{
    /// <exception cref="InvalidProtocolBufferException">The bytes are no record.</exception>
    public static V1.Decision Of(byte[] body)
    {
        var kept = ArrayPool<byte>.Shared.Rent(body.Length);
        try
        {
            return V1.Decision.Parser.ParseFrom(kept.AsSpan(0, Keep(body, kept)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(kept);
        }
    }

    private static int Keep(byte[] body, byte[] kept)
    {
        var (input, from, length) = (new CodedInputStream(body), 0, 0);
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            input.SkipLastField();
            var to = (int)input.Position;
            if (!IsDecided(WireFormat.GetTagFieldNumber(tag)))
            {
                body.AsSpan(from, to - from).CopyTo(kept.AsSpan(length));
                length += to - from;
            }

            from = to;
        }

        return length;
    }

    // Repeated, and text on text: a decision names the governing amendment of every rule. The digest of the facts tells how they were stated.
    private static bool IsDecided(int field) => field is V1.Decision.FindingsFieldNumber or V1.Decision.GoverningAmendmentsFieldNumber
        or V1.Decision.NoticesFieldNumber or V1.Decision.PartyMatchesFieldNumber or V1.Decision.RulesDigestFieldNumber
        or V1.Decision.CatalogueDigestFieldNumber or V1.Decision.ListsDigestFieldNumber or V1.Decision.EngineVersionFieldNumber;
}
