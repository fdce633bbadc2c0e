using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Holds;

namespace OrderTracking.ComplianceService.Releases;

internal enum ClearingAct
{
    Propose,

    /// <summary>Approve or reject.</summary>
    Decide,
}

/// <summary>Which roles clear which holds. The law is cleared by officers and counsel; credit and addresses by operators too.</summary>
internal static class ClearingRoles
{
    private const string Analyst = "analyst";
    private const string Officer = "officer";
    private const string Counsel = "counsel";
    private const string Operator = "operator";

    public static IReadOnlyList<string> Of(HoldClass @class, ClearingAct act) => (@class, act) switch
    {
        (HoldClass.Legal, ClearingAct.Propose) => [Analyst, Officer, Counsel],
        (HoldClass.Legal, _) => [Officer, Counsel],
        (_, ClearingAct.Propose) => [Analyst, Officer, Counsel, Operator],
        _ => [Officer, Counsel, Operator],
    };

    /// <summary>The refusal where none of a person's roles may do it; null where one may.</summary>
    public static Refusal? WhyNot(Hold hold, ClearingAct act, Actor person)
    {
        var allowed = Of(hold.Class, act);
        var @class = Codes<HoldClass>.Of(hold.Class);
        return allowed.Any(person.Roles.Contains) ? null : new Refusal(
            ReleaseReasons.RoleMayNotClear, $"None of the caller's roles may {(act == ClearingAct.Propose ? "propose" : "decide")} the release of a {@class} hold.")
        {
            Metadata = new Dictionary<string, string>
            {
                ["hold"] = Names.Hold(hold.Id),
                ["hold_class"] = @class,
                ["allowed_roles"] = string.Join(',', allowed),
            },
        };
    }
}
