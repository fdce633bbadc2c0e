using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>What publishing and rejecting have in common: a proposal is decided once, by another person than its author.</summary>
internal static class DecidableAmendment
{
    /// <exception cref="Refusal">AMENDMENT_UNKNOWN, SAME_PERSON, AMENDMENT_ALREADY_DECIDED or an etag's reason.</exception>
    public static async Task<AmendmentRow> Require(Tx tx, KnowledgeHead head, string name, string etag, bool strictEtags, Actor actor)
    {
        var (rule, number) = AmendmentNames.Require(name);
        if (await RuleStore.Find(tx, rule, number) is not { } row)
            throw head.Rules.Find(rule)?.Amendments.Any(amendment => amendment.Number == number) == true
                ? AlreadyDecided(name)
                : new Refusal(RegisterReasons.AmendmentUnknown, $"There is no amendment {name}.");
        if (OnePerson.Is(row.ProposedBy, actor.Subject))
            throw new Refusal(ComplianceReasons.SamePerson, $"{name} was proposed by the same person; another one must decide on it.");
        if (row.State != AmendmentRow.Proposed)
            throw AlreadyDecided(name);
        Etag.Require(etag, row.Version, strictEtags);
        return row;
    }

    public static async Task Close(Tx tx, AmendmentRow row, Actor actor, DateTimeOffset now)
    {
        row.DecidedBy = actor.Subject;
        row.UpdatedAt = now;
        row.Version++;
        if (!await RuleStore.Decide(tx, row))
            throw AlreadyDecided(row.Name);
    }

    private static Refusal AlreadyDecided(string name) =>
        new(RegisterReasons.AmendmentAlreadyDecided, $"{name} is decided and never edited; propose a new amendment to correct it.");
}
