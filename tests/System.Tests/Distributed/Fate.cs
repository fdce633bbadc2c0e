namespace OrderTracking.SystemTests.Distributed;

/// <summary>What becomes of an order.</summary>
internal enum Fate
{
    /// <summary>One line, restricted by nothing: delivered.</summary>
    Plain,

    /// <summary>Two lines, two shipments: both delivered.</summary>
    TwoLines,

    /// <summary>Held by a rule, released by two people under a licence, delivered.</summary>
    Licensed,

    /// <summary>Amended to another quantity after it was placed, delivered with that.</summary>
    Amended,

    /// <summary>Cancelled after it was placed: nothing leaves.</summary>
    Cancelled,

    /// <summary>To a destination that is closed: stays blocked.</summary>
    Blocked,

    /// <summary>A part nobody knows: stays held.</summary>
    Held,
}

internal static class Fates
{
    private const int Cycle = 20;

    /// <summary>The fate of the order of a number: of twenty, 8 plain, 3 of two lines, 3 licensed, 2 amended, 2 cancelled, 1 blocked, 1 held.</summary>
    public static Fate Of(int number) => (number % Cycle) switch
    {
        < 8 => Fate.Plain,
        < 11 => Fate.TwoLines,
        < 14 => Fate.Licensed,
        < 16 => Fate.Amended,
        < 18 => Fate.Cancelled,
        18 => Fate.Blocked,
        _ => Fate.Held,
    };

    /// <summary>Whether the goods arrive.</summary>
    public static bool IsDelivered(this Fate fate) => fate is Fate.Plain or Fate.TwoLines or Fate.Licensed or Fate.Amended;
}
