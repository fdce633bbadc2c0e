using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Licences;
using OrderTracking.ComplianceService.Tests.Registers;
using Xunit;
using Licence = OrderTracking.Compliance.V1.Licence;
using LicenceLine = OrderTracking.Compliance.V1.LicenceLine;
using LicenceParty = OrderTracking.Compliance.V1.LicenceParty;

namespace OrderTracking.ComplianceService.Tests.Licences;

/// <summary>A licence from its draft to its end, and every way in which a change of it is refused.</summary>
public sealed class LicenceLifeTests(RegistersHost host) : IClassFixture<RegistersHost>
{
    private const string Nobody = "licences/01890000-0000-7000-8000-000000000000";
    private static int numbers;

    private LicenceService.LicenceServiceClient Anna => host.Licences("anna", "analyst");

    private LicenceService.LicenceServiceClient Olga => host.Licences("olga");

    private LicenceService.LicenceServiceClient Omar => host.Licences("omar");

    [Fact]
    public async Task A_licence_lives_through_its_states_and_its_history_keeps_every_version_whole()
    {
        var draft = await Register(draft: true);
        Assert.Equal((Licence.Types.State.Draft, 1L), (draft.State, draft.Revision));
        var active = await Olga.ActivateLicenceAsync(new ActivateLicenceRequest { Name = draft.Name, Etag = draft.Etag });
        var suspended = await Olga.SuspendLicenceAsync(new SuspendLicenceRequest { Name = draft.Name, Reason = "under review", Etag = active.Etag });
        Assert.Equal((Licence.Types.State.Suspended, "under review"), (suspended.State, suspended.StateReason));
        var resumed = await Omar.ResumeLicenceAsync(new ResumeLicenceRequest { Name = draft.Name, Etag = suspended.Etag });
        Assert.Equal((Licence.Types.State.Active, ""), (resumed.State, resumed.StateReason));
        var amended = await Omar.AmendLicenceAsync(new AmendLicenceRequest
        {
            Licence = new Licence { Name = draft.Name, Etag = resumed.Etag, ValidTo = Asked.Day("2098-12-31") }, Reason = "shortened by BIS",
        });
        var revoked = await Olga.RevokeLicenceAsync(new RevokeLicenceRequest { Name = draft.Name, Reason = "surrendered", Etag = amended.Etag });

        var versions = (await host.Licences("reader", "auditor").ListLicenceVersionsAsync(
            new ListLicenceVersionsRequest { Parent = draft.Name })).Versions;
        Assert.Equal(
            [
                "1 Registered anna ", "2 Activated olga ", "3 Suspended olga under review", "4 Resumed omar ", "5 Amended omar shortened by BIS",
                "6 Revoked olga surrendered",
            ],
            versions.Select(version => $"{version.Revision} {version.Change} {version.Actor} {version.Reason}"));
        Assert.Equal([draft, active, suspended, resumed, amended, revoked], versions.Select(version => version.Licence));
        foreach (var sql in (string[])["update licence_versions set actor = 'x'", "delete from licence_versions"])
            await Assert.ThrowsAnyAsync<Exception>(() => host.Db.Write(tx => tx.Execute(sql)));
    }

    [Fact]
    public async Task What_lets_a_licence_be_used_takes_another_person()
    {
        var draft = (await Olga.RegisterLicenceAsync(new RegisterLicenceRequest { Licence = Message(), Draft = true })).Name;
        await Refused(StatusCode.PermissionDenied, "SAME_PERSON", () => Olga.ActivateLicenceAsync(new ActivateLicenceRequest { Name = draft }).ResponseAsync);
        // Who wrote the draft last wrote it.
        await Omar.AmendLicenceAsync(Amend(draft, new Licence { Conditions = "none" }));
        await Refused(StatusCode.PermissionDenied, "SAME_PERSON", () => Omar.ActivateLicenceAsync(new ActivateLicenceRequest { Name = draft }).ResponseAsync);
        await Olga.ActivateLicenceAsync(new ActivateLicenceRequest { Name = draft });

        await Refused(
            StatusCode.PermissionDenied, "SAME_PERSON",
            () => Omar.AmendLicenceAsync(Amend(draft, new Licence { ValidTo = Asked.Day("2100-01-01") })).ResponseAsync);
        await Omar.AmendLicenceAsync(Amend(draft, new Licence { ValidTo = Asked.Day("2099-01-01") }));
        Assert.Equal("olga", (await Olga.AmendLicenceAsync(Amend(draft, new Licence { ValidTo = Asked.Day("2099-06-01") }))).StatedBy);

        await Olga.SuspendLicenceAsync(new SuspendLicenceRequest { Name = draft, Reason = "stop" });
        await Refused(StatusCode.PermissionDenied, "SAME_PERSON", () => Olga.ResumeLicenceAsync(new ResumeLicenceRequest { Name = draft }).ResponseAsync);
        Assert.Equal(
            4, await host.Db.Read(tx => tx.Scalar<long>("select count(*) from audit_entries where subject = @draft and outcome = 'SAME_PERSON'", new { draft })));
    }

    [Fact]
    public async Task An_amendment_changes_what_its_mask_names_and_a_repeat_is_answered_with_the_first_answer()
    {
        var before = await Register();
        var request = Amend(before.Name, new Licence { Authority = "OTHER", Number = "not written", Conditions = "only in person", ValueTolerancePercent = 0 });
        request.UpdateMask = new FieldMask { Paths = { "conditions", "value_tolerance_percent", "number", "state" } };
        request.RequestId = "4b7f3c1e-90a2-4d55-8f6a-1234567890cd";
        var after = await Omar.AmendLicenceAsync(request);

        Assert.Equal((before.Authority, before.Number, "only in person", 0), (after.Authority, after.Number, after.Conditions, after.ValueTolerancePercent));
        Assert.Equal(5_000, after.Lines[0].ValueLimit.Units);
        Assert.Equal(after, await Omar.AmendLicenceAsync(request));
        // What changes nothing is no version.
        Assert.Equal(2, (await Olga.AmendLicenceAsync(Amend(before.Name, new Licence { Conditions = "only in person" }))).Revision);
        var rows = await host.AllRows();
        await Omar.SuspendLicenceAsync(new SuspendLicenceRequest { Name = before.Name, Reason = "x", ValidateOnly = true });
        Assert.Equal(rows, await host.AllRows());
    }

    [Fact]
    public async Task Lines_are_amended_by_number_and_never_below_what_is_used()
    {
        var before = await Register();
        var id = Guid.Parse(before.Uid);
        await host.Db.Write(tx => LicenceStore.Reserve(tx, id, LicenceOfTests.Use(40, 2_000_00), "released", host.Now));
        await host.Db.Write(tx => LicenceStore.Reserve(tx, id, LicenceOfTests.Use(5, null, part: "L20"), "released", host.Now));

        foreach (var (lines, why) in new (LicenceLine[] Lines, string Why)[]
        {
            ([Line(1, 39, 5_000), Line(2, 1_000, family: "L20")], "fewer"),
            ([Line(1, 40, 1_818), Line(2, 1_000, family: "L20")], "worth more"),
            ([Line(1, 40, 5_000, currency: "EUR"), Line(2, 1_000, family: "L20")], "not all valued in EUR"),
            ([Line(1, 40, 5_000, part: "H21"), Line(2, 1_000, family: "L20")], "cannot be replaced"),
            ([Line(1, 40, 5_000)], "cannot be removed"),
            ([Line(1, 40, 5_000), Line(2, 1_000, 10, family: "L20", part: "")], "not all valued in USD"),
        })
        {
            var error = await Refused(
                StatusCode.FailedPrecondition, "LICENCE_BELOW_USED",
                () => Omar.AmendLicenceAsync(Amend(before.Name, new Licence { Lines = { lines } })).ResponseAsync);
            Assert.Contains(why, error.Status.Detail, StringComparison.Ordinal);
        }

        var after = await Omar.AmendLicenceAsync(Amend(
            before.Name, new Licence { Lines = { Line(2, 5, family: "L20"), Line(1, 40, 1_819), Line(0, 7, family: "L40") } }));
        Assert.Equal(
            ["1 H20 40 40", "2 L20 5 5", "3 L40 7 0"],
            after.Lines.Select(line => $"{line.Number} {line.PartNumber}{line.Family} {line.Quantity} {line.ReservedQuantity}"));
        Assert.Equal((2_000, 2_000), (after.Lines[0].UsedValue.Units, after.Lines[0].ValueLimit.Units));
        // A limit that goes and comes back counts what was used all along.
        await Olga.AmendLicenceAsync(Amend(before.Name, new Licence { Lines = { Line(2, 5, family: "L20"), Line(1, 40) } }));
        var again = await Omar.AmendLicenceAsync(Amend(before.Name, new Licence { Lines = { Line(2, 5, family: "L20"), Line(1, 40, 1_900) } }));
        Assert.Equal(2_000, again.Lines[0].UsedValue.Units);
        // A number is never given to another line.
        Assert.Equal([1, 2, 4], (await Omar.AmendLicenceAsync(Amend(
            before.Name, new Licence { Lines = { Line(2, 5, family: "L20"), Line(1, 40, 1_900), Line(0, 1, family: "L2") } }))).Lines.Select(line => line.Number));
    }

    [Fact]
    public async Task Every_change_names_what_is_wrong_with_it()
    {
        var licence = await Register();
        foreach (var call in Calls(Nobody, ""))
            await Refused(StatusCode.NotFound, "LICENCE_UNKNOWN", call);
        foreach (var call in Calls(licence.Name, "\"99\""))
            await Refused(StatusCode.Aborted, "ETAG_MISMATCH", call);
        await Refused(
            StatusCode.FailedPrecondition, "LICENCE_STATE_FORBIDS", () => Olga.ActivateLicenceAsync(new ActivateLicenceRequest { Name = licence.Name }).ResponseAsync);
        await Refused(
            StatusCode.FailedPrecondition, "LICENCE_STATE_FORBIDS", () => Olga.ResumeLicenceAsync(new ResumeLicenceRequest { Name = licence.Name }).ResponseAsync);
        await Olga.RevokeLicenceAsync(new RevokeLicenceRequest { Name = licence.Name, Reason = "over" });
        foreach (var call in Calls(licence.Name, "")[..5])
            await Refused(StatusCode.FailedPrecondition, "LICENCE_STATE_FORBIDS", call);

        var bad = await Refused(
            StatusCode.InvalidArgument, "SEVERAL_FIELDS_INVALID",
            () => Olga.SuspendLicenceAsync(new SuspendLicenceRequest { Name = "licences/D1" }).ResponseAsync);
        Assert.Equal(["name:NAME_INVALID", "reason:TEXT_MISSING"], Asked.Fields(bad));
        bad = await Refused(
            StatusCode.InvalidArgument, "SEVERAL_FIELDS_INVALID", () => Olga.AmendLicenceAsync(new AmendLicenceRequest()).ResponseAsync);
        Assert.Equal(["licence.name:NAME_INVALID", "reason:TEXT_MISSING", "update_mask:UPDATE_MASK_INVALID"], Asked.Fields(bad));
        await Refused(
            StatusCode.PermissionDenied, "ROLE_NOT_ALLOWED",
            () => Anna.SuspendLicenceAsync(new SuspendLicenceRequest { Name = licence.Name, Reason = "x" }).ResponseAsync);
    }

    [Fact]
    public async Task What_an_amendment_states_wrong_is_named_at_once()
    {
        var licence = await Register();
        var error = await Refused(
            StatusCode.InvalidArgument, "SEVERAL_FIELDS_INVALID",
            () => Omar.AmendLicenceAsync(Amend(licence.Name, new Licence
            {
                ValueTolerancePercent = 101,
                Lines = { Line(9, 1), new LicenceLine { Number = 1, Quantity = 1, ControlParagraph = "3A090.x" }, Line(1, 1), new LicenceLine { Quantity = 1 } },
                Parties = { new LicenceParty { Name = "A", Country = "CN", Role = (Types.V1.PartyRole)9 } },
                ExcludedHeadquartersCountries = { "CN", "CN", "XX" },
                ValidTo = Asked.Day("2020-01-01"),
            })).ResponseAsync);

        Assert.Equal(
            [
                "licence.excluded_headquarters_countries:LIST_HAS_DUPLICATES", "licence.excluded_headquarters_countries[2]:COUNTRY_UNKNOWN",
                "licence.lines[0].number:LICENCE_LINE_UNKNOWN", "licence.lines[1].control_paragraph:CONTROL_PARAGRAPH_UNKNOWN",
                "licence.lines[3]:LICENCE_ITEM_INVALID", "licence.parties[0].role:PARTY_ROLE_MISSING", "licence.valid_to:LICENCE_DATES_INVALID",
                "licence.value_tolerance_percent:LICENCE_TOLERANCE_INVALID",
            ],
            Asked.Fields(error).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Licences_are_found_by_everything_they_name()
    {
        var message = Message();
        message.Authority = "DDTC";
        message.Lines.Add(new LicenceLine { ControlParagraph = "3A090.b", Quantity = 3 });
        message.Parties.Add(new LicenceParty { Name = "Forwarder", Country = "SG" });
        message.DestinationCountries.Add("SG");
        var registered = await Anna.RegisterLicenceAsync(new RegisterLicenceRequest { Licence = message });
        foreach (var (filter, found) in new[]
        {
            ("authority = DDTC", true), ("kind = LICENCE", true), ("kind = EXCEPTION_NAC", false), ("rule = US-2025-04-NVIDIA-LETTER", true),
            ("rule = US-3A090-A", false), ("part_number = H20", true), ("part_number = L20", false), ("family = L20 AND party = Forwarder", true),
            ("control_paragraph = \"3A090.b\"", true), ("control_paragraph != \"3A090.b\"", false), ("party = Tencent", false), ("party != Tencent", true),
            ("destination_country = SG", true), ("destination_country = MO", false), ("valid_to <= 2099-12-31 AND state = ACTIVE", true),
            ("valid_to <= 2099-12-30", false), ("registered_by = anna", true),
        })
        {
            var listed = await Anna.ListLicencesAsync(new ListLicencesRequest { Filter = $"number = \"{message.Number}\" AND {filter}" });
            Assert.True(found == (listed.Licences is [var one] && one.Name == registered.Name), filter);
        }

        await Refused(
            StatusCode.InvalidArgument, "FILTER_INVALID", () => Anna.ListLicencesAsync(new ListLicencesRequest { Filter = "colour = red" }).ResponseAsync);
    }

    [Fact]
    public async Task The_ledger_is_read_in_pages()
    {
        var licence = await Register();
        var id = Guid.Parse(licence.Uid);
        var use = LicenceOfTests.Use(1, 1_00);
        for (var i = 0; i < 3; i++)
            await host.Db.Write(async tx =>
            {
                await LicenceStore.Reserve(tx, id, use, "released", host.Now);
                await LicenceStore.GiveBack(tx, id, use.ShipmentId, "voided", host.Now);
            });
        var sequences = new List<long>();
        var request = new ListLicenceMovementsRequest { Parent = licence.Name, PageSize = 2, OrderBy = "desc", Filter = "kind = RESERVED" };
        do
        {
            var page = await Anna.ListLicenceMovementsAsync(request);
            sequences.AddRange(page.Movements.Select(movement => movement.Sequence));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal([5, 3, 1], sequences);
        Assert.Equal(6, (await Anna.ListLicenceMovementsAsync(new() { Parent = licence.Name, Shipment = $"shipments/{use.ShipmentId}" })).Movements.Count);
        Assert.Empty((await Anna.ListLicenceMovementsAsync(new() { Parent = licence.Name, Shipment = $"shipments/{Guid.Empty}" })).Movements);
        await Refused(StatusCode.NotFound, "LICENCE_UNKNOWN", () => Anna.ListLicenceMovementsAsync(new() { Parent = Nobody }).ResponseAsync);
        await Refused(StatusCode.NotFound, "LICENCE_UNKNOWN", () => Anna.ListLicenceVersionsAsync(new() { Parent = Nobody }).ResponseAsync);
    }

    private Func<Task>[] Calls(string name, string etag) =>
    [
        () => Omar.AmendLicenceAsync(Amend(name, new Licence { Conditions = "x", Etag = etag })).ResponseAsync,
        () => Olga.ActivateLicenceAsync(new ActivateLicenceRequest { Name = name, Etag = etag }).ResponseAsync,
        () => Olga.SuspendLicenceAsync(new SuspendLicenceRequest { Name = name, Reason = "x", Etag = etag }).ResponseAsync,
        () => Olga.ResumeLicenceAsync(new ResumeLicenceRequest { Name = name, Etag = etag }).ResponseAsync,
        () => Olga.RevokeLicenceAsync(new RevokeLicenceRequest { Name = name, Reason = "x", Etag = etag }).ResponseAsync,
        () => Olga.RecordNotificationAsync(
            new RecordNotificationRequest { Name = name, Reference = "Z", NotifiedDate = Asked.Day("2026-12-01"), Etag = etag }).ResponseAsync,
        () => Olga.RecordAnswerAsync(new RecordAnswerRequest
        {
            Name = name, Reference = "Z", AnsweredDate = Asked.Day("2026-12-01"), Answer = LicenceNotification.Types.Answer.Positive, Etag = etag,
        }).ResponseAsync,
    ];

    private static LicenceLine Line(
        int number, long quantity, long? dollars = null, string part = "H20", string family = "", string currency = "USD") => new()
    {
        Number = number,
        PartNumber = family.Length > 0 ? "" : part,
        Family = family,
        Quantity = quantity,
        Value = dollars is { } units ? new Google.Type.Money { CurrencyCode = currency, Units = units } : null,
    };

    private static AmendLicenceRequest Amend(string name, Licence terms)
    {
        terms.Name = name;
        return new AmendLicenceRequest { Licence = terms, Reason = "as BIS did" };
    }

    private static Licence Message() => LicenceOfTests.Message($"A-{Interlocked.Increment(ref numbers)}");

    private async Task<Licence> Register(bool draft = false) =>
        await Anna.RegisterLicenceAsync(new RegisterLicenceRequest { Licence = Message(), Draft = draft });

    private static Task<RpcException> Refused(StatusCode code, string reason, Func<Task> call) => Asked.Refused(code, reason, call);
}
