using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Registers;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Licences;

public sealed class LicenceServiceTests(RegistersHost host) : IClassFixture<RegistersHost>
{
    [Fact]
    public async Task A_licence_is_registered_whole()
    {
        var registered = await Register(LicenceOfTests.Message("S-1"));
        var read = await host.Licences("reader", "auditor").GetLicenceAsync(new GetLicenceRequest { Name = registered.Name });

        Assert.Equal(registered, read.Licence);
        Assert.Empty(read.Movements);
        Assert.Equal(Licence.Types.State.Active, registered.State);
        Assert.Equal("anna.analyst", registered.RegisteredBy);
        var expected = new Licence(LicenceOfTests.Message("S-1"));
        var shown = new Licence(registered) { Name = "", Uid = "", CreateTime = null, UpdateTime = null, Etag = "", State = Licence.Types.State.Unspecified, RegisteredBy = "", StatedBy = "", Revision = 0 };
        foreach (var (line, number) in expected.Lines.Select((line, index) => (line, index + 1)))
            line.Number = number;
        expected.Lines[0].UsedValue = new Google.Type.Money { CurrencyCode = "USD" };
        expected.Lines[0].ValueLimit = new Google.Type.Money { CurrencyCode = "USD", Units = 5_500 };
        (expected.Kind, expected.ValueTolerancePercent) = (Licence.Types.Kind.Licence, 10);
        Assert.Equal(expected, shown);
    }

    [Fact]
    public async Task A_number_is_registered_once()
    {
        await Register(LicenceOfTests.Message("S-2"));

        await Asked.Refused(StatusCode.AlreadyExists, "LICENCE_NUMBER_TAKEN", async () => await Register(LicenceOfTests.Message("S-2")));
    }

    [Fact]
    public async Task Everything_wrong_with_a_licence_is_named_at_once()
    {
        var licence = new Licence
        {
            Number = new string('9', 65),
            Licensee = "nvidia",
            Rules = { "US-NO-SUCH-RULE", "US-EMBARGO", "US-EMBARGO" },
            Lines =
            {
                new LicenceLine { PartNumber = "H20", Family = "H20", Quantity = 1 }, new LicenceLine { Quantity = 1 },
                new LicenceLine { Family = "H20", Quantity = 0 },
                new LicenceLine { Family = "H20", Quantity = 1_000_000_001, Value = new Google.Type.Money { CurrencyCode = "XXX", Units = 1 } },
                new LicenceLine { Family = "H20", Quantity = 1, Value = new Google.Type.Money { CurrencyCode = "USD" } },
            },
            Parties = { new LicenceParty { Name = " ", Country = "China" } },
            ValidFrom = Asked.Day("2025-05-02"),
            ValidTo = Asked.Day("2025-05-01"),
        };
        var refused = await Asked.Refused(StatusCode.InvalidArgument, "SEVERAL_FIELDS_INVALID", async () => await Register(licence));

        Assert.Equal(
            [
                "licence.authority:TEXT_MISSING", "licence.destination_countries:LIST_SIZE_INVALID", "licence.licensee:EXPORTER_INVALID",
                "licence.lines[0]:LICENCE_ITEM_INVALID", "licence.lines[1]:LICENCE_ITEM_INVALID",
                "licence.lines[2].quantity:QUANTITY_NOT_POSITIVE",
                "licence.lines[3].quantity:QUANTITY_TOO_LARGE", "licence.lines[3].value.currency_code:CURRENCY_UNKNOWN",
                "licence.lines[4].value:LICENCE_VALUE_NOT_POSITIVE", "licence.number:TEXT_TOO_LONG",
                "licence.parties[0].country:COUNTRY_UNKNOWN",
                "licence.parties[0].name:NAME_MISSING", "licence.rules:LIST_HAS_DUPLICATES", "licence.rules[0]:LICENCE_RULE_UNKNOWN",
                "licence.valid_to:LICENCE_DATES_INVALID",
            ],
            Asked.Fields(refused).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_licence_may_name_a_rule_published_here()
    {
        await host.Publish("T-LICENSED", RulesOfTests.Restricting("TR", "2027-02-01"));
        var licence = LicenceOfTests.Message("S-3");
        licence.Rules.Add("T-LICENSED");

        Assert.Equal(["T-LICENSED", "US-2025-04-NVIDIA-LETTER"], (await Register(licence)).Rules);
    }

    [Fact]
    public async Task A_licence_expires_when_its_last_day_is_over_in_every_zone()
    {
        var licence = LicenceOfTests.Message("S-4");
        licence.ValidTo = Asked.Day("2027-01-10");
        licence.Conditions = "short";
        var registered = await Register(licence);
        var start = host.Now;
        host.Now = new DateTimeOffset(2027, 1, 11, 11, 59, 59, TimeSpan.Zero);
        var active = await List("state = ACTIVE AND number = \"S-4\"");
        host.Now = new DateTimeOffset(2027, 1, 11, 12, 0, 0, TimeSpan.Zero);
        var expired = await List("state = EXPIRED AND number = \"S-4\"");
        var none = await List("state = ACTIVE AND number = \"S-4\"");
        host.Now = start;

        Assert.Equal(registered.Name, Assert.Single(active).Name);
        Assert.Equal(Licence.Types.State.Expired, Assert.Single(expired).State);
        Assert.Empty(none);
    }

    [Fact]
    public async Task A_licence_is_exhausted_while_nothing_is_left_of_it_and_its_ledger_says_why()
    {
        var licence = LicenceOfTests.Message("S-5");
        licence.Lines.RemoveAt(1);
        var registered = await Register(licence);
        var id = Guid.Parse(registered.Uid);
        var use = LicenceOfTests.Use(100, 5_000_00);
        await host.Db.Write(async tx =>
        {
            await ComplianceService.Licences.LicenceStore.Reserve(tx, id, use, "released", host.Now);
            await ComplianceService.Licences.LicenceStore.Draw(tx, id, use.ShipmentId, "permitted", host.Now);
        });
        var exhausted = await host.Licences("reader", "auditor").GetLicenceAsync(new GetLicenceRequest { Name = registered.Name });
        var listed = await List("state = EXHAUSTED AND number = \"S-5\"");
        await host.Db.Write(tx => ComplianceService.Licences.LicenceStore.GiveBack(tx, id, use.ShipmentId, "returned", host.Now));
        var active = await host.Licences("reader", "auditor").GetLicenceAsync(new GetLicenceRequest { Name = registered.Name });

        Assert.Equal(
            (Licence.Types.State.Exhausted, 0L, 100L),
            (exhausted.Licence.State, exhausted.Licence.Lines[0].ReservedQuantity, exhausted.Licence.Lines[0].DrawnQuantity));
        Assert.Equal(5_000, exhausted.Licence.Lines[0].UsedValue.Units);
        Assert.Single(listed);
        Assert.Equal((Licence.Types.State.Active, 0L), (active.Licence.State, active.Licence.Lines[0].DrawnQuantity));
        Assert.NotEqual(exhausted.Licence.Etag, active.Licence.Etag);
        Assert.Equal(new DateOnly(2099, 12, 31), await host.Db.Read(tx => ComplianceService.Licences.LicenceStore.LastDay(tx, id)));
        Assert.Null(await host.Db.Read(tx => ComplianceService.Licences.LicenceStore.LastDay(tx, Guid.Empty)));
        Assert.Equal(
            ["1 Reserved 100 released", "2 Drawn 100 permitted", "3 DrawReturned 100 returned"],
            active.Movements.Select(movement => $"{movement.Sequence} {movement.Kind} {movement.Quantity} {movement.Reason}"));
        Assert.All(active.Movements, movement => Assert.Equal($"shipments/{use.ShipmentId}", movement.Shipment));
    }

    [Fact]
    public async Task Validate_only_leaves_nothing_and_a_repeat_is_answered_with_the_first_answer()
    {
        var rows = await host.AllRows();
        await host.Licences("anna.analyst", "analyst").RegisterLicenceAsync(
            new RegisterLicenceRequest { Licence = LicenceOfTests.Message("S-6"), ValidateOnly = true });
        Assert.Equal(rows, await host.AllRows());
        var request = new RegisterLicenceRequest { Licence = LicenceOfTests.Message("S-6"), RequestId = "4b7f3c1e-90a2-4d55-8f6a-1234567890ab" };
        var first = await host.Licences("anna.analyst", "analyst").RegisterLicenceAsync(request);

        Assert.Equal(first, await host.Licences("anna.analyst", "analyst").RegisterLicenceAsync(request));
    }

    [Fact]
    public async Task Licences_are_listed_in_pages_by_their_last_day()
    {
        foreach (var year in (int[])[2031, 2033, 2032, 2033, 2030])
        {
            var licence = LicenceOfTests.Message($"P-{Guid.CreateVersion7(DateTimeOffset.UnixEpoch):N}");
            licence.Licensee = "INTEL";
            licence.ValidTo = Asked.Day(new DateOnly(year, 1, 1));
            await Register(licence);
        }

        var years = new List<int>();
        var request = new ListLicencesRequest { PageSize = 2, Filter = "licensee = INTEL AND valid_to > 2030-06-01", OrderBy = "valid_to desc" };
        do
        {
            var page = await host.Licences("reader", "auditor").ListLicencesAsync(request);
            years.AddRange(page.Licences.Select(licence => licence.ValidTo.Year));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal([2033, 2033, 2032, 2031], years);
        await Asked.Refused(
            StatusCode.InvalidArgument, "FILTER_INVALID",
            async () => await host.Licences("reader", "auditor").ListLicencesAsync(new ListLicencesRequest { Filter = "colour = red" }));
    }

    [Fact]
    public async Task A_licence_nobody_registered_is_not_found()
    {
        var reader = host.Licences("reader", "auditor");

        await Asked.Refused(
            StatusCode.NotFound, "LICENCE_UNKNOWN",
            async () => await reader.GetLicenceAsync(new GetLicenceRequest { Name = "licences/01890000-0000-7000-8000-000000000000" }));
        await Asked.Refused(
            StatusCode.InvalidArgument, "NAME_INVALID",
            async () => await reader.GetLicenceAsync(new GetLicenceRequest { Name = "licences/D1" }));
    }

    private async Task<Licence> Register(Licence licence) =>
        await host.Licences("anna.analyst", "analyst").RegisterLicenceAsync(new RegisterLicenceRequest { Licence = licence });

    private async Task<IReadOnlyList<Licence>> List(string filter) =>
        (await host.Licences("reader", "auditor").ListLicencesAsync(new ListLicencesRequest { Filter = filter })).Licences;
}
