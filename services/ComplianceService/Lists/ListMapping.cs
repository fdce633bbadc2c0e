using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Lists.Clearances;
using OrderTracking.ComplianceService.Lists.Parsing;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Lists;

/// <summary>Lists, clearances and matches as callers read them.</summary>
internal static class ListMapping
{
    public static V1.ListSnapshot Of(SnapshotRow row)
    {
        var message = new V1.ListSnapshot
        {
            Name = row.Name,
            State = row.State switch
            {
                SnapshotRow.InForce => V1.ListSnapshot.Types.State.InForce,
                SnapshotRow.Superseded => V1.ListSnapshot.Types.State.Superseded,
                SnapshotRow.Rejected => V1.ListSnapshot.Types.State.Rejected,
                _ => V1.ListSnapshot.Types.State.Proposed,
            },
            SourceUri = row.SourceUri,
            AsOf = WireDate.Of(row.AsOf),
            FileDigest = row.FileDigest,
            EntriesDigest = row.EntriesDigest,
            Base = row.BaseNumber == 0 ? "" : ListNames.Snapshot(row.List, row.BaseNumber),
            EntryCount = row.EntryCount,
            AddedCount = row.AddedCount,
            ChangedCount = row.ChangedCount,
            RemovedCount = row.RemovedCount,
            FileCut = row.FileCut,
            ImportedBy = row.ImportedBy,
            DecidedBy = row.DecidedBy,
            Note = row.Note,
            RecordedAt = row.RecordedAt?.ToTimestamp(),
            CreateTime = row.CreatedAt.ToTimestamp(),
            UpdateTime = row.UpdatedAt.ToTimestamp(),
            Etag = Etag.Of(row.Version),
        };
        foreach (var repair in JsonSerializer.Deserialize<ListRepair[]>(row.Repairs) ?? [])
            message.Repairs.Add(new V1.ListRepair { Line = repair.Line, Kind = repair.Kind, Detail = repair.Detail });
        return message;
    }

    public static V1.ListEntry Of(SpanRow row)
    {
        var message = Of(row.List, ListStore.Read(row.Body), row.Digest);
        message.FirstSnapshot = ListNames.Snapshot(row.List, row.FirstNumber);
        return message;
    }

    public static V1.ListEntry Of(ListedEntry listed) => Of(listed.List, listed.Entry, listed.Digest);

    public static V1.ListEntryChange Of(ChangeRow row)
    {
        var change = ListDifference.Of(row);
        return new V1.ListEntryChange
        {
            Kind = row.Kind switch
            {
                ChangeRow.Added => V1.ListEntryChange.Types.Kind.Added,
                ChangeRow.Changed => V1.ListEntryChange.Types.Kind.Changed,
                _ => V1.ListEntryChange.Types.Kind.Removed,
            },
            Before = change.Before is { } before ? Of(row.List, before.Entry, before.Digest) : null,
            After = change.After is { } after ? Of(row.List, after.Entry, after.Digest) : null,
        };
    }

    public static V1.Clearance Of(ClearanceRow row) => new()
    {
        Name = row.Name,
        Uid = row.Id.ToString("D"),
        State = row.State switch
        {
            ClearanceRow.Approved => V1.Clearance.Types.State.Approved,
            ClearanceRow.Rejected => V1.Clearance.Types.State.Rejected,
            ClearanceRow.Revoked => V1.Clearance.Types.State.Revoked,
            _ => V1.Clearance.Types.State.Proposed,
        },
        PartyName = row.PartyName,
        PartyCountry = row.PartyCountry,
        Entry = row.Entry,
        EntryDigest = row.EntryDigest,
        ValidFrom = WireDate.Of(row.ValidFrom),
        ValidTo = WireDate.Of(row.ValidTo),
        Note = row.Note,
        ProposedBy = row.ProposedBy,
        DecidedBy = row.DecidedBy,
        CloseNote = row.CloseNote,
        RevokedBy = row.RevokedBy,
        RecordedAt = row.RecordedAt?.ToTimestamp(),
        RevokedAt = row.RevokedAt?.ToTimestamp(),
        CreateTime = row.CreatedAt.ToTimestamp(),
        UpdateTime = row.UpdatedAt.ToTimestamp(),
        Etag = Etag.Of(row.Version),
    };

    public static V1.PartyMatch Of(PartyMatch match) => new()
    {
        Party = match.Party.Name,
        Role = WireParty.Of(FactsMapping.Of(match.Party)).Role,
        Entry = match.EntryName,
        EntryDigest = match.EntryDigest,
        Source = match.Entry.Source,
        Snapshot = match.Snapshot,
        MatchedName = match.MatchedName,
        Score = match.Score,
        Threshold = match.Threshold,
        CountryAgreement = Of(match.Country),
        AddressAgreement = Of(match.Address),
        ClearedBy = match.ClearedBy ?? "",
    };

    private static V1.Agreement Of(Agreement agreement) => agreement switch
    {
        Agreement.Agrees => V1.Agreement.Agrees,
        Agreement.Differs => V1.Agreement.Differs,
        _ => V1.Agreement.Unspecified,
    };

    private static V1.ListEntry Of(string list, ListEntry entry, string digest)
    {
        var message = new V1.ListEntry
        {
            Name = ListNames.Entry(list, entry.Id),
            Source = entry.Source,
            Type = entry.Type,
            ListedName = entry.Name,
            Programs = entry.Programs,
            Citation = entry.Citation,
            StartDate = WireDate.Of(entry.StartDate),
            EndDate = WireDate.Of(entry.EndDate),
            LicenseRequirement = entry.LicenseRequirement,
            LicensePolicy = entry.LicensePolicy,
            Digest = digest,
        };
        message.Aliases.AddRange(entry.Aliases);
        message.Addresses.AddRange(entry.Addresses);
        message.Countries.AddRange(entry.Countries);
        return message;
    }
}
