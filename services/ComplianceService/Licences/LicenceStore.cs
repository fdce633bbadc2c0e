using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Licences.Exceptions;

namespace OrderTracking.ComplianceService.Licences;

/// <summary>Licences, and what shipments take from them and give back. Balances and ledger change in the caller's transaction.</summary>
internal static class LicenceStore
{
    public const string Columns = """
        seq as Seq, id as Id, kind as Kind, number as Number, authority as Authority, licensee as Licensee, valid_from as ValidFrom,
        valid_to as ValidTo, conditions as Conditions, state as State, value_tolerance_percent as ValueTolerancePercent,
        registered_by as RegisteredBy, stated_by as StatedBy, suspended_by as SuspendedBy, state_reason as StateReason,
        notification_id as NotificationId, last_line as LastLine, revision as Revision, version as Version, created_at as CreatedAt,
        updated_at as UpdatedAt
        """;

    private const string SelectOne = $"select {Columns} from licences where id = @id";

    public static async Task<Licence?> Find(Tx tx, Guid id) =>
        await tx.QueryFirstOrDefault<LicenceRow>(SelectOne, new { id }) is { } row ? await Whole(tx, row) : null;

    private const string SelectRules = "select [rule] from licence_rules where licence_id = @id order by [rule]";

    private const string SelectLines = """
        select number as Number, part_number as PartNumber, family as Family, control_paragraph as ControlParagraph, quantity as Quantity,
            currency as Currency, value_minor as ValueMinor, value_limit_minor as ValueLimitMinor, reserved_quantity as ReservedQuantity,
            drawn_quantity as DrawnQuantity, used_value_minor as UsedValueMinor
        from licence_lines where licence_id = @id order by number
        """;

    private const string SelectParties =
        "select name as Name, country as Country, role as Role from licence_parties where licence_id = @id order by number";

    private const string SelectDestinations = "select country from licence_destinations where licence_id = @id order by country";

    private const string SelectExcluded = "select country from licence_excluded_headquarters where licence_id = @id order by country";

    public static async Task<Licence> Whole(Tx tx, LicenceRow row) => new()
    {
        Id = row.Id,
        Kind = Codes<LicenceKind>.Parse(row.Kind),
        Number = row.Number,
        Authority = row.Authority,
        Licensee = row.Licensee,
        State = row.State,
        Rules = await tx.Query<string>(SelectRules, new { id = row.Id }),
        Lines = [.. (await tx.Query<LicenceLineRow>(SelectLines, new { id = row.Id })).Select(line => line.Line)],
        Parties = [.. (await tx.Query<LicencePartyRow>(SelectParties, new { id = row.Id })).Select(party => party.Party)],
        Destinations = await tx.Query<string>(SelectDestinations, new { id = row.Id }),
        ExcludedHeadquarters = await tx.Query<string>(SelectExcluded, new { id = row.Id }),
        ValidFrom = row.ValidFrom,
        ValidTo = row.ValidTo,
        Conditions = row.Conditions,
        ValueTolerancePercent = (int)row.ValueTolerancePercent,
        RegisteredBy = row.RegisteredBy,
        StatedBy = row.StatedBy,
        SuspendedBy = row.SuspendedBy,
        StateReason = row.StateReason,
        Notification = row.NotificationId is { } notification ? await NotificationStore.Find(tx, notification) : null,
        LastLine = (int)row.LastLine,
        Revision = row.Revision,
        Version = row.Version,
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
    };

    private const string SelectLastDay = "select valid_to from licences where id = @licenceId";

    /// <summary>The last ship date a licence covers; null where there is no such licence.</summary>
    public static Task<DateOnly?> LastDay(Tx tx, Guid licenceId) => tx.QueryFirstOrDefault<DateOnly?>(SelectLastDay, new { licenceId });

    private const string SelectUse = """
        select state as State, line_number as LineNumber, quantity as Quantity, currency as Currency, value_minor as ValueMinor
        from licence_uses where licence_id = @licenceId and shipment_id = @shipmentId
        """;

    /// <summary>What a shipment has of a licence; null where it never had anything.</summary>
    public static async Task<HeldUse?> FindUse(Tx tx, Guid licenceId, Guid shipmentId) =>
        (await tx.QueryFirstOrDefault<LicenceUseRow>(SelectUse, new { licenceId, shipmentId }))?.Held;

    private const string SelectCounted = """
        select state as State, line_number as LineNumber, quantity as Quantity, currency as Currency, value_minor as ValueMinor
        from licence_uses where licence_id = @licenceId and state <> 'RETURNED'
        """;

    /// <summary>What shipments have reserved or drawn of a licence now.</summary>
    public static async Task<IReadOnlyList<HeldUse>> Counted(Tx tx, Guid licenceId) =>
        [.. (await tx.Query<LicenceUseRow>(SelectCounted, new { licenceId })).Select(row => row.Held)];

    /// <summary>
    /// Why a licence does not cover a shipment; empty where it does, null where there is no such licence. What the shipment holds of it
    /// already counts as left for it.
    /// </summary>
    public static async Task<IReadOnlyList<CoverageMismatch>?> FindMismatches(Tx tx, Guid licenceId, LicenceUse use) =>
        await Find(tx, licenceId) is { } licence
            ? LicenceCoverage.Of(licence, use, await FindUse(tx, licenceId, use.ShipmentId)).Mismatches
            : null;

    /// <summary>
    /// Sets units and value aside for a shipment, once however many rules rest on the licence. A shipment whose quantity or value changed
    /// gives the old reservation back first.
    /// </summary>
    /// <exception cref="Refusal">LICENCE_UNKNOWN, or LICENCE_DOES_NOT_COVER with one violation a mismatch.</exception>
    /// <exception cref="InvalidOperationException">The shipment has drawn the licence: what has left is not reserved again.</exception>
    public static async Task Reserve(Tx tx, Guid licenceId, LicenceUse use, string reason, DateTimeOffset now)
    {
        var licence = await Find(tx, licenceId) ?? throw new Refusal(
            Rules.RegisterReasons.LicenceUnknown, $"There is no licence licences/{licenceId:D}.");
        var held = await FindUse(tx, licenceId, use.ShipmentId);
        if (held?.State == HeldUse.Drawn)
            throw new InvalidOperationException($"Shipment {use.ShipmentId:D} has drawn {licence.Name} already.");
        var coverage = LicenceCoverage.Of(licence, use, held);
        if (coverage.Line is not { } line)
            throw DoesNotCover(licence, coverage.Mismatches);
        var wanted = new HeldUse(HeldUse.Reserved, line.Number, use.Quantity, use.Value);
        if (wanted == held)
            return;
        if (held is { Counts: true })
            await LicenceLedger.Return(tx, licenceId, use.ShipmentId, held, reason, now);
        await LicenceLedger.Reserve(tx, licenceId, use.ShipmentId, wanted, reason, now);
    }

    /// <summary>Turns a shipment's reservation into a draw; drawn already: no effect.</summary>
    /// <exception cref="InvalidOperationException">Nothing is reserved: a permit must not rest on it.</exception>
    public static async Task Draw(Tx tx, Guid licenceId, Guid shipmentId, string reason, DateTimeOffset now)
    {
        var held = await FindUse(tx, licenceId, shipmentId);
        if (held?.State == HeldUse.Drawn)
            return;
        if (held is not { Counts: true })
            throw new InvalidOperationException($"Shipment {shipmentId:D} has no reservation of licences/{licenceId:D}.");
        await LicenceLedger.Draw(tx, licenceId, shipmentId, held, reason, now);
    }

    /// <summary>Gives back whatever a shipment has reserved or drawn of a licence; nothing: no effect.</summary>
    public static async Task GiveBack(Tx tx, Guid licenceId, Guid shipmentId, string reason, DateTimeOffset now)
    {
        if (await FindUse(tx, licenceId, shipmentId) is { Counts: true } held)
            await LicenceLedger.Return(tx, licenceId, shipmentId, held, reason, now);
    }

    private static Refusal DoesNotCover(Licence licence, IReadOnlyList<CoverageMismatch> mismatches) =>
        new(
            ComplianceReasons.LicenceDoesNotCover,
            $"Licence {licence.Number} does not cover the shipment: {string.Join("; ", mismatches.Select(one => one.Description))}.")
        {
            Metadata = new Dictionary<string, string> { ["licence"] = licence.Name },
            PreconditionViolations = [.. mismatches.Select(one => new PreconditionViolation(one.Reason, licence.Name, one.Description))],
        };
}
