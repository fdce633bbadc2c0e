using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>Why the registers (rules, catalogue, licences) and what-ifs refuse. A name is part of the contract and never changes.</summary>
internal static class RegisterReasons
{
    public static readonly Reason RuleUnknown = new("RULE_UNKNOWN", StatusCode.NotFound);
    public static readonly Reason AmendmentUnknown = new("AMENDMENT_UNKNOWN", StatusCode.NotFound);
    public static readonly Reason PartUnknown = new("PART_UNKNOWN", StatusCode.NotFound);
    public static readonly Reason PartRevisionUnknown = new("PART_REVISION_UNKNOWN", StatusCode.NotFound);
    public static readonly Reason LicenceUnknown = new("LICENCE_UNKNOWN", StatusCode.NotFound);

    /// <summary>The text is no amendment as rule packs have them; every error names its line.</summary>
    public static readonly Reason DefinitionInvalid = new("DEFINITION_INVALID", StatusCode.InvalidArgument);

    /// <summary>The id is the name of a hold that is placed by hand.</summary>
    public static readonly Reason RuleIdReserved = new("RULE_ID_RESERVED", StatusCode.InvalidArgument);

    /// <summary>The same content waits for its second person already.</summary>
    public static readonly Reason AmendmentAlreadyProposed = new("AMENDMENT_ALREADY_PROPOSED", StatusCode.AlreadyExists);

    /// <summary>The amendment recorded last says the same.</summary>
    public static readonly Reason AmendmentChangesNothing = new("AMENDMENT_CHANGES_NOTHING", StatusCode.FailedPrecondition);

    /// <summary>It was published or rejected; a correction is a new amendment.</summary>
    public static readonly Reason AmendmentAlreadyDecided = new("AMENDMENT_ALREADY_DECIDED", StatusCode.FailedPrecondition);

    /// <summary>The content is not what the approver read.</summary>
    public static readonly Reason AmendmentDigestDiffers = new("AMENDMENT_DIGEST_DIFFERS", StatusCode.Aborted);

    public static readonly Reason PartAlreadyRegistered = new("PART_ALREADY_REGISTERED", StatusCode.AlreadyExists);

    /// <summary>It was approved or rejected; a correction is a new revision.</summary>
    public static readonly Reason PartRevisionAlreadyDecided = new("PART_REVISION_ALREADY_DECIDED", StatusCode.FailedPrecondition);

    /// <summary>Another revision was approved since the missing facts were proposed; propose them again.</summary>
    public static readonly Reason PartRevisionOutdated = new("PART_REVISION_OUTDATED", StatusCode.Aborted);

    /// <summary>No revision of the part is approved, so there is nothing to add facts to.</summary>
    public static readonly Reason PartNotApproved = new("PART_NOT_APPROVED", StatusCode.FailedPrecondition);

    /// <summary>The fact is known; RevisePart replaces it.</summary>
    public static readonly Reason FactAlreadyKnown = new("FACT_ALREADY_KNOWN", StatusCode.InvalidArgument);

    /// <summary>No fact is supplied.</summary>
    public static readonly Reason FactsMissing = new("FACTS_MISSING", StatusCode.InvalidArgument);

    /// <summary>Nobody says how sure the facts are.</summary>
    public static readonly Reason CertaintyMissing = new("CERTAINTY_MISSING", StatusCode.InvalidArgument);

    public static readonly Reason LicenceNumberTaken = new("LICENCE_NUMBER_TAKEN", StatusCode.AlreadyExists);

    /// <summary>A licence covers rules that are known.</summary>
    public static readonly Reason LicenceRuleUnknown = new("LICENCE_RULE_UNKNOWN", StatusCode.InvalidArgument);

    /// <summary>A line names a part number or a family, and not both.</summary>
    public static readonly Reason LicenceItemInvalid = new("LICENCE_ITEM_INVALID", StatusCode.InvalidArgument);

    /// <summary>A covered value is above 0.</summary>
    public static readonly Reason LicenceValueNotPositive = new("LICENCE_VALUE_NOT_POSITIVE", StatusCode.InvalidArgument);

    /// <summary>The last ship date is before the first.</summary>
    public static readonly Reason LicenceDatesInvalid = new("LICENCE_DATES_INVALID", StatusCode.InvalidArgument);

    /// <summary>A list is empty or longer than its limit.</summary>
    public static readonly Reason ListSizeInvalid = new("LIST_SIZE_INVALID", StatusCode.InvalidArgument);

    /// <summary>The same thing stands twice in a list.</summary>
    public static readonly Reason ListHasDuplicates = new("LIST_HAS_DUPLICATES", StatusCode.InvalidArgument);

    /// <summary>An instant lies outside the years that are accepted.</summary>
    public static readonly Reason InstantInvalid = new("INSTANT_INVALID", StatusCode.InvalidArgument);
}
