namespace OrderTracking.Host.Demo;

/// <summary>Who acts in the demo. Each calls with a token of its own, over the public API.</summary>
internal sealed class Cast(Func<string, string[], Person> hire)
{
    /// <summary>The system that takes orders.</summary>
    public Person OrderDesk { get; } = hire("order-desk", ["caller"]);

    /// <summary>The system that dispatches and reports milestones.</summary>
    public Person Warehouse { get; } = hire("warehouse", ["caller"]);

    /// <summary>Prepares: supplies facts, registers licences, proposes.</summary>
    public Person Ana { get; } = hire("ana", ["analyst"]);

    /// <summary>First of two officers.</summary>
    public Person Olivia { get; } = hire("olivia", ["officer"]);

    /// <summary>Second of two officers.</summary>
    public Person Otto { get; } = hire("otto", ["officer"]);

    /// <summary>Counsel, who publishes what others propose.</summary>
    public Person Clara { get; } = hire("clara", ["counsel"]);

    /// <summary>Reads everything and changes nothing.</summary>
    public Person Auditor { get; } = hire("audrey", ["auditor"]);
}
