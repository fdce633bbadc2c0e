using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Audit;
using OrderTracking.ComplianceService.Lists.Matching;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;
using WireCountries = OrderTracking.Wire.Countries;

namespace OrderTracking.ComplianceService.Lists.Clearances;

/// <summary>The first person's part: bound to the content of the entry as it is now. It clears nothing.</summary>
internal sealed class ProposeClearance(ComplianceDb db, TimeProvider clock)
{
    public const int DaysMax = 366;
    public const int NoteCharactersMax = 2_000;
    private const string Action = "clearances.propose";

    public Task<V1.Clearance> Answer(ProposeClearanceRequest request, ServerCallContext context)
    {
        var actor = context.Actor();
        return db.Write(
            tx => Requests.Once(
                tx, context.Method, request.RequestId, actor, request, clock.GetUtcNow(), () => Propose(tx, request.Clearance, actor)),
            context.CancellationToken,
            request.ValidateOnly);
    }

    private async Task<V1.Clearance> Propose(Tx tx, V1.Clearance? asked, Actor actor)
    {
        var terms = Parse(asked);
        var span = await ListStore.OpenSpan(tx, terms.List, terms.Entry)
            ?? throw new Refusal(ListReasons.EntryUnknown, $"{asked!.Entry} is in no list that counts.");
        var now = clock.GetUtcNow();
        var row = new ClearanceRow
        {
            Id = Guid.CreateVersion7(now),
            PartyName = terms.Party,
            PartyKey = NameKey.Strict(terms.Party),
            PartyCountry = terms.Country,
            Entry = ListNames.Entry(terms.List, terms.Entry),
            EntryDigest = span.Digest,
            ValidFrom = terms.From,
            ValidTo = terms.To,
            Note = terms.Note,
            ProposedBy = actor.Subject,
            CreatedAt = now,
            UpdatedAt = now,
        };
        if (await ClearanceStore.FindOverlapping(tx, row) is { } other)
            throw new Refusal(
                ListReasons.ClearanceOverlaps,
                $"{other.Name} is for the same party and entry from {Canonical.Date(other.ValidFrom)} to {Canonical.Date(other.ValidTo)}.")
            {
                Metadata = new Dictionary<string, string> { ["clearance"] = other.Name },
            };
        await ClearanceStore.Insert(tx, row);
        await AuditLog.Record(tx, actor.Subject, Action, row.Name, AuditLog.Done, $"{row.PartyName} ({row.PartyCountry}) is not {row.Entry}", now);
        return ListMapping.Of(row);
    }

    private static Terms Parse(V1.Clearance? asked)
    {
        if (asked is null)
            Violations.Throw("clearance", ListReasons.ClearanceMissing, null, "party, entry, dates and note");
        var violations = new Violations();
        var party = WireText.Parse(asked.PartyName, "clearance.party_name", Limits.NameCharactersMax, violations, WireReasons.NameMissing);
        var country = WireCountries.Parse(asked.PartyCountry, "clearance.party_country", violations);
        if (!ListNames.TryEntry(asked.Entry, out var list, out var entry))
            violations.Add("clearance.entry", ListReasons.EntryNameInvalid, asked.Entry, "lists/{list}/entries/{entry}");
        var from = WireDate.Parse(asked.ValidFrom, "clearance.valid_from", violations);
        var to = WireDate.Parse(asked.ValidTo, "clearance.valid_to", violations);
        if (to < from || to?.DayNumber - from?.DayNumber > DaysMax)
            violations.Add(
                "clearance.valid_to", ListReasons.ClearanceWindowInvalid, Canonical.Date(to), $"from {Canonical.Date(from)} on, {DaysMax} days later at most");
        var note = WireText.Parse(asked.Note, "clearance.note", NoteCharactersMax, violations);
        violations.ThrowIfAny();
        return new Terms(party!, country!, list, entry, from!.Value, to!.Value, note!);
    }

    private sealed record Terms(string Party, string Country, string List, string Entry, DateOnly From, DateOnly To, string Note);
}
