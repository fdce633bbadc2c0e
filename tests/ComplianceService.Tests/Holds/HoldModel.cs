namespace OrderTracking.ComplianceService.Tests.Holds;

/// <summary>Where one hold of the model stands.</summary>
internal enum Place
{
    None,
    Open,
    Waiting,
    Settled,

    /// <summary>Its rule is gone, and somebody is asked to confirm that.</summary>
    LapsedWaiting,

    /// <summary>Its rule is gone, and somebody did not confirm that.</summary>
    LapsedRefused,
}

/// <summary>What a release of the model was given for.</summary>
internal sealed record Basis(string Facts, int Amendment, int Day);

/// <summary>One hold of the model: where it stands, who proposed to let go, and for what.</summary>
internal sealed record Cell(Place Place, string ProposedBy = "", Basis? For = null);

/// <summary>
/// Holds and releases said as simply as possible: a cell a reason, a table of what happens to it. The rules of the product must come to
/// the same cells, whatever happens in whatever order.
/// </summary>
internal sealed class HoldModel
{
    public const string Credit = "CREDIT";
    private readonly SortedDictionary<string, Cell> _cells = new(StringComparer.Ordinal)
    {
        ["A"] = new Cell(Place.None),
        ["B"] = new Cell(Place.None),
        [Credit] = new Cell(Place.None),
    };

    private readonly Dictionary<string, int> _grounds = new(StringComparer.Ordinal) { ["A"] = 0, ["B"] = 0, [Credit] = 0 };
    private (string Facts, int Day) _world = ("facts-1", 0);

    /// <summary>The cells, in words that can be compared.</summary>
    public string Text => string.Join(" ", _cells.Select(cell => $"{cell.Key}:{cell.Value.Place}"));

    public bool IsReady => _cells.Values.All(cell => cell.Place is Place.None or Place.Settled);

    public void Decide(IReadOnlyDictionary<string, int> rules, string facts, int day)
    {
        _world = (facts, day);
        foreach (var reason in (string[])["A", "B", Credit])
            if (rules.TryGetValue(reason, out var amendment))
                Fires(reason, amendment);
            else if (reason == Credit && _cells[reason] is { Place: Place.Waiting or Place.Settled, For: var given } && given != Now(0))
                _cells[reason] = new Cell(Place.Open);
        var isHeld = rules.Keys.Any(rule => _cells[rule].Place is Place.Open or Place.Waiting);
        foreach (var rule in new[] { "A", "B" }.Where(rule => !rules.ContainsKey(rule)))
            _cells[rule] = Gone(_cells[rule], isHeld);
    }

    public void PlaceCredit()
    {
        if (_cells[Credit].Place is Place.None or Place.Settled)
            _cells[Credit] = new Cell(Place.Open);
    }

    public bool Propose(string reason, string person, string role)
    {
        if (_cells[reason].Place is not (Place.Open or Place.LapsedRefused) || (role == "operator" && reason != Credit))
            return false;
        var isLapsed = _cells[reason].Place == Place.LapsedRefused;
        _cells[reason] = isLapsed ? new Cell(Place.LapsedWaiting, person, Now(0)) : new Cell(Place.Waiting, person, Now(_grounds[reason]));
        return true;
    }

    public bool Approve(string reason, string person, string role)
    {
        if (!MayDecide(reason, person, role))
            return false;
        _cells[reason] = _cells[reason].Place == Place.Waiting ? _cells[reason] with { Place = Place.Settled } : new Cell(Place.None);
        return true;
    }

    public bool Reject(string reason, string person, string role)
    {
        if (!MayDecide(reason, person, role))
            return false;
        _cells[reason] = _cells[reason].Place == Place.Waiting ? new Cell(Place.Open) : _cells[reason] with { Place = Place.LapsedRefused };
        return true;
    }

    private bool MayDecide(string reason, string person, string role) =>
        _cells[reason].Place is Place.Waiting or Place.LapsedWaiting && _cells[reason].ProposedBy != person
        && (role == "officer" || (role == "operator" && reason == Credit));

    private Basis Now(int amendment) => new(_world.Facts, amendment, _world.Day);

    private void Fires(string rule, int amendment)
    {
        _grounds[rule] = amendment;
        var holds = _cells[rule] is { Place: Place.Waiting or Place.Settled, For: var given } && given == Now(amendment);
        _cells[rule] = holds ? _cells[rule] : new Cell(Place.Open);
    }

    // The day of a confirmation may go by; it may not be brought forward.
    private Cell Gone(Cell cell, bool isHeld)
    {
        var isOutdated = cell.For is not { } given || given.Facts != _world.Facts || given.Day > _world.Day;
        return cell.Place switch
        {
            Place.None or Place.Settled => new Cell(Place.None),
            Place.Open or Place.Waiting when isHeld => new Cell(Place.None),
            Place.LapsedWaiting or Place.LapsedRefused when !isOutdated => cell,
            _ => new Cell(Place.LapsedWaiting, "compliance", Now(0)),
        };
    }
}
