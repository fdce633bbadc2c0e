using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.ComplianceService.Licences.Changes;

/// <summary>
/// The moves of a licence between its states. One person may stop it; to let it be used, or used again, takes another person than the one
/// who wrote it or stopped it.
/// </summary>
internal static class LicenceState
{
    /// <summary>The licence after the act.</summary>
    /// <exception cref="Refusal">LICENCE_STATE_FORBIDS or SAME_PERSON.</exception>
    public static Licence After(Licence licence, LicenceAct act) => act.Change switch
    {
        VersionChange.Activated => ByAnother(From(licence, act, Licence.Draft), act, licence.StatedBy, "wrote the draft") with
        {
            State = Licence.Active,
        },
        VersionChange.Suspended => From(licence, act, Licence.Active) with
        {
            State = Licence.Suspended, SuspendedBy = act.Actor, StateReason = act.Reason,
        },
        VersionChange.Resumed => ByAnother(From(licence, act, Licence.Suspended), act, licence.SuspendedBy, "suspended it") with
        {
            State = Licence.Active, SuspendedBy = "", StateReason = "",
        },
        VersionChange.Revoked => From(licence, act, Licence.Draft, Licence.Active, Licence.Suspended) with
        {
            State = Licence.Revoked, SuspendedBy = "", StateReason = act.Reason,
        },
        _ => throw new InvalidOperationException($"{act.Change} is no move between states."),
    };

    /// <summary>The licence, if it is in one of the states an act may start from.</summary>
    /// <exception cref="Refusal">LICENCE_STATE_FORBIDS.</exception>
    public static Licence From(Licence licence, LicenceAct act, params ReadOnlySpan<string> states) =>
        states.Contains(licence.State) ? licence : throw new Refusal(
            LicenceReasons.LicenceStateForbids, $"The licence is {licence.State}; {act.Action} starts from {string.Join(" or ", states!)}.")
        {
            Metadata = new Dictionary<string, string> { ["licence"] = licence.Name, ["state"] = licence.State },
        };

    /// <exception cref="Refusal">SAME_PERSON.</exception>
    public static Licence ByAnother(Licence licence, LicenceAct act, string first, string did) =>
        !OnePerson.Is(act.Actor, first) ? licence : throw new Refusal(
            ComplianceReasons.SamePerson, $"{act.Action} needs another person than {first}, who {did}.")
        {
            Metadata = new Dictionary<string, string> { ["licence"] = licence.Name },
        };
}
