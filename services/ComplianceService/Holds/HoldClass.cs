namespace OrderTracking.ComplianceService.Holds;

/// <summary>What a hold is about, and so who may clear it.</summary>
internal enum HoldClass
{
    /// <summary>The law, or something staff of compliance stopped it for.</summary>
    Legal,

    /// <summary>The buyer's credit.</summary>
    Credit,

    /// <summary>An address that is to be put right.</summary>
    Address,
}

/// <summary>The class of a hold follows from where it comes from and why: nobody chooses it.</summary>
internal static class HoldClasses
{
    // Whatever is not plainly about credit or an address is looked at by those who answer for the law.
    public static HoldClass Of(HoldOrigin origin, string reason) => (origin, reason) switch
    {
        (HoldOrigin.Hand, HoldTexts.Credit) => HoldClass.Credit,
        (HoldOrigin.Hand, HoldTexts.Address) => HoldClass.Address,
        _ => HoldClass.Legal,
    };
}
