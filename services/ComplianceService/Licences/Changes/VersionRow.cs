using Google.Protobuf.WellKnownTypes;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Licences.Changes;

/// <summary>A row of the table licence_versions.</summary>
internal sealed class VersionRow
{
    public long Seq { get; init; }

    /// <summary>The value a list is ordered by, as stored.</summary>
    public object? OrderKey { get; init; }

    public long Revision { get; init; }

    public string Change { get; init; } = "";

    public string Actor { get; init; } = "";

    public string Reason { get; init; } = "";

    public byte[] Body { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    public V1.LicenceVersion ToVersion() => new()
    {
        Revision = Revision,
        Change = (V1.LicenceVersion.Types.Change)((int)Codes<VersionChange>.Parse(Change) + 1),
        Actor = Actor,
        Reason = Reason,
        CreateTime = Timestamp.FromDateTimeOffset(CreatedAt),
        Licence = V1.Licence.Parser.ParseFrom(Body),
    };
}
