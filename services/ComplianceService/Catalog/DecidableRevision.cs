using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Rules;

namespace OrderTracking.ComplianceService.Catalog;

/// <summary>What approving and rejecting have in common: a proposal is decided once, by another person than its author.</summary>
internal static class DecidableRevision
{
    /// <exception cref="Refusal">PART_REVISION_UNKNOWN, SAME_PERSON, PART_REVISION_ALREADY_DECIDED or an etag's reason.</exception>
    public static async Task<(PartRow Part, PartRevisionRow Revision)> Require(
        Tx tx, KnowledgeHead head, string name, string etag, bool strictEtags, Actor actor)
    {
        var (partNumber, number) = PartStatements.RequireRevision(name);
        var row = (await PartStore.RevisionsOf(tx, partNumber)).FirstOrDefault(revision => revision.Number == number);
        if (row is null || await PartStore.Find(tx, partNumber) is not { } part)
            throw head.Catalogue.Revisions(partNumber).Any(revision => revision.Number == number)
                ? AlreadyDecided(name)
                : new Refusal(RegisterReasons.PartRevisionUnknown, $"There is no revision {name}.");
        if (OnePerson.Is(row.ProposedBy, actor.Subject))
            throw new Refusal(ComplianceReasons.SamePerson, $"{name} was proposed by the same person; another one must decide on it.");
        if (row.State != PartRevisionRow.Proposed)
            throw AlreadyDecided(name);
        Etag.Require(etag, row.Version, strictEtags);
        return (part, row);
    }

    public static async Task Close(Tx tx, PartRevisionRow row, Actor actor, DateTimeOffset now)
    {
        row.DecidedBy = actor.Subject;
        row.UpdatedAt = now;
        row.Version++;
        if (!await PartStore.Decide(tx, row))
            throw AlreadyDecided(row.Name);
    }

    private static Refusal AlreadyDecided(string name) =>
        new(RegisterReasons.PartRevisionAlreadyDecided, $"{name} is decided and never edited; propose a new revision to correct it.");
}
