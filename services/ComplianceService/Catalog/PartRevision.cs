using System.Globalization;
using System.Text;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Catalog;

/// <summary>
/// What is recorded of a part, from the instant it was recorded on. Never edited: a correction is a new revision with the next number.
/// Recorded null is always known.
/// </summary>
internal sealed record PartRevision(
    string PartNumber,
    int Number,
    DateTimeOffset? RecordedAt,
    string? Family,
    string Vendor,
    string Description,
    DateOnly? Launched,
    ItemFacts Facts,
    Certainty Certainty,
    string Note)
{
    public string Name => string.Create(CultureInfo.InvariantCulture, $"parts/{PartNumber}/revisions/{Number}");

    public bool IsKnownAt(DateTimeOffset knownAt) => RecordedAt is null || RecordedAt <= knownAt;

    public void WriteCanonical(StringBuilder text)
    {
        text.Field("part", PartNumber).Field("number", Canonical.Number(Number)).Field("recorded", Canonical.Instant(RecordedAt));
        text.Field("family", Family).Field("vendor", Vendor).Field("description", Description).Field("launched", Canonical.Date(Launched));
        FactsDigest.Write(text, Facts);
        text.Field("certainty", Certainty.ToString()).Field("note", Note);
    }
}
