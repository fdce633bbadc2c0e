using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Licences;
using OrderTracking.ComplianceService.Licences.Exceptions;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Tests.Registers;
using OrderTracking.ComplianceService.Tests.Screening;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;
using Item = OrderTracking.ComplianceService.Screening.Item;
using Licence = OrderTracking.Compliance.V1.Licence;
using LicenceLine = OrderTracking.Compliance.V1.LicenceLine;
using LicenceNotification = OrderTracking.Compliance.V1.LicenceNotification;
using LicenceParty = OrderTracking.Compliance.V1.LicenceParty;
using LicencesApi = OrderTracking.Compliance.V1.LicenceService;

namespace OrderTracking.ComplianceService.Tests.Licences;

/// <summary>Licence exceptions: their terms as data, and a positive answer before anything leaves under NAC.</summary>
public sealed class ExceptionTests
{
    private const string A = "US-3A090-A";
    private const string B = "US-3A090-B";

    /// <summary>Part, destination, headquarters, ship date, and the exceptions from the rules of ECCN 3A090 that may be used.</summary>
    public static TheoryData<string, string, string, string, string> Terms() => new()
    {
        // RTX 4090: not for data centers, 4800 TPP and more; before the split NAC was for every destination of the rule.
        { "RTX-4090", "CN", "CN", "2023-12-01", "NAC" },
        { "RTX-4090", "VN", "VN", "2023-12-01", "NAC" },
        { "RTX-4090", "CN", "CN", "2024-05-01", "NAC" },
        { "RTX-4090", "HK", "HK", "2024-05-01", "NAC" },
        { "RTX-4090", "MO", "MO", "2024-05-01", "NAC" },
        { "RTX-4090", "VN", "VN", "2024-05-01", "ACA" },
        { "RTX-4090", "VN", "CN", "2024-05-01", "NAC" },
        { "RTX-4090", "JP", "CN", "2024-05-01", "NAC" },
        // For data centers: .a is not eligible, .b is.
        { "H800-SXM5", "CN", "CN", "2024-05-01", "" },
        { "L40", "CN", "CN", "2024-05-01", "NAC" },
        { "L40", "AE", "AE", "2024-05-01", "ACA" },
        // Not yet known, not controlled.
        { "RTX-4090", "CN", "CN", "2023-11-16", "" },
        { "H20", "CN", "CN", "2024-05-01", "" },
    };

    [Theory]
    [MemberData(nameof(Terms))]
    public void The_terms_decide_which_exception_may_be_used(string part, string destination, string headquarters, string shipDate, string expected)
    {
        var facts = Pack.Shipment(new Item(part), destination, shipDate, headquarters: headquarters);
        var decision = Pack.Decide(facts, Pack.EndOf("2024-05-01"));
        var found = ((string[])[A, B]).Where(rule => decision.Findings.Any(finding => finding.Rule == rule))
            .SelectMany(rule => LicensingPack.Default.ExceptionsFrom(rule, facts, decision)).Select(kind => Codes<LicenceKind>.Of(kind)[10..]);

        Assert.Equal(expected, string.Join(' ', found));
    }

    [Fact]
    public async Task Nac_covers_only_after_a_positive_answer_recorded_by_another_person_and_a_later_no_takes_it_back()
    {
        await using var host = await ComplianceHost.Start("2024-05-20T20:00:00Z");
        var staff = new Staff(host);
        var (anna, olga, omar) = (As(host, "anna", "analyst"), As(host, "olga"), As(host, "omar"));
        var goods = await Goods.Plan(host, "RTX-4090", "2024-05-20");
        var hold = await goods.Held(A);
        var nac = await anna.RegisterLicenceAsync(new RegisterLicenceRequest { Licence = Exception(Licence.Types.Kind.ExceptionNac, "CN") });
        var silent = await Refused.By(async () => await staff.Olga.ProposeReleaseAsync(Staff.Proposal(hold, "LICENCE", nac.Name)));
        Assert.Equal(["NOTIFICATION_NOT_ANSWERED"], silent.Violations.Select(violation => violation.Type));

        await olga.RecordNotificationAsync(Notification(nac.Name));
        await Asked.Refused(StatusCode.PermissionDenied, "SAME_PERSON", async () => await olga.RecordAnswerAsync(Answer(nac.Name, positive: true)));
        // Silence is no answer, however long.
        Assert.Equal(
            "LICENCE_DOES_NOT_COVER",
            (await Refused.By(async () => await staff.Olga.ProposeReleaseAsync(Staff.Proposal(hold, "LICENCE", nac.Name)))).Reason);
        var answered = await omar.RecordAnswerAsync(Answer(nac.Name, positive: true));
        Assert.Equal(LicenceNotification.Types.Answer.Positive, answered.Notification.Answer);
        await Asked.Refused(StatusCode.FailedPrecondition, "NOTIFICATION_NOT_OPEN", async () => await omar.RecordAnswerAsync(Answer(nac.Name, positive: false)));
        await staff.Settle(hold, "LICENCE", nac.Name);
        await goods.Stands("READY");
        var permit = await goods.Authorize();
        Assert.Equal(100, (await staff.Balance(nac)).DrawnQuantity);

        // A new notification that is answered in the negative.
        await olga.RecordNotificationAsync(Notification(nac.Name));
        await goods.Stands("HELD");
        await omar.RecordAnswerAsync(Answer(nac.Name, positive: false));
        await host.Quiet();
        Assert.Contains(nac.Number, Assert.Single(await host.Sent<Contracts.Compliance.PermitRevoked>()).Reason, StringComparison.Ordinal);
        Assert.Equal(0, (await staff.Balance(nac)).DrawnQuantity);
        Assert.NotEmpty(permit.Licences);
    }

    [Fact]
    public async Task An_answer_is_about_the_terms_that_were_notified()
    {
        await using var host = await ComplianceHost.Start("2024-05-20T20:00:00Z");
        var (anna, olga, omar) = (As(host, "anna", "analyst"), As(host, "olga"), As(host, "omar"));
        var nac = await anna.RegisterLicenceAsync(new RegisterLicenceRequest { Licence = Exception(Licence.Types.Kind.ExceptionNac, "CN") });
        await anna.RecordNotificationAsync(Notification(nac.Name));
        await omar.RecordAnswerAsync(Answer(nac.Name, positive: true));

        var narrowed = await olga.AmendLicenceAsync(Amend(nac.Name, new Licence { ExcludedHeadquartersCountries = { "RU" } }));
        Assert.NotNull(narrowed.Notification);
        var widened = await olga.AmendLicenceAsync(Amend(nac.Name, new Licence { Parties = { new LicenceParty { Name = "Aurora Systems", Country = "CN" }, new LicenceParty { Name = "Borealis", Country = "CN" } } }));
        Assert.Null(widened.Notification);
        await Asked.Refused(StatusCode.FailedPrecondition, "NOTIFICATION_NOT_OPEN", async () => await omar.RecordAnswerAsync(Answer(nac.Name, positive: true)));
        var versions = (await olga.ListLicenceVersionsAsync(new ListLicenceVersionsRequest { Parent = nac.Name })).Versions;
        Assert.Equal("omar", versions.Single(version => version.Change == LicenceVersion.Types.Change.Answered).Licence.Notification.AnsweredBy);
    }

    [Fact]
    public async Task Aca_covers_without_a_notification_never_for_excluded_headquarters_and_never_changes_a_decision()
    {
        await using var host = await ComplianceHost.Start("2024-05-20T20:00:00Z");
        var staff = new Staff(host);
        var anna = As(host, "anna", "analyst");
        var goods = await Goods.Plan(host, "RTX-4090", "2024-05-20", "VN");
        var hold = await goods.Held(A);
        var excluding = Exception(Licence.Types.Kind.ExceptionAca, "VN");
        excluding.ExcludedHeadquartersCountries.Add("VN");
        var excluded = await anna.RegisterLicenceAsync(new RegisterLicenceRequest { Licence = excluding });
        var refused = await Refused.By(async () => await staff.Olga.ProposeReleaseAsync(Staff.Proposal(hold, "LICENCE", excluded.Name)));
        Assert.Equal(["HEADQUARTERS_EXCLUDED"], refused.Violations.Select(violation => violation.Type));
        var aca = await anna.RegisterLicenceAsync(new RegisterLicenceRequest { Licence = Exception(Licence.Types.Kind.ExceptionAca, "VN") });
        await Asked.Refused(StatusCode.FailedPrecondition, "NOTIFICATION_NOT_NEEDED", async () => await anna.RecordNotificationAsync(Notification(aca.Name)));
        await Asked.Refused(
            StatusCode.FailedPrecondition, "NOTIFICATION_NOT_NEEDED",
            async () => await As(host, "omar").RecordAnswerAsync(Answer(aca.Name, positive: true)));

        await staff.Settle(hold, "LICENCE", aca.Name);
        var ready = await goods.Stands("READY");
        Assert.Equal("HELD", ready.Outcome);
        await goods.Authorize();
    }

    [Fact]
    public async Task A_prohibition_is_not_lifted_and_a_wrong_statement_is_refused_at_once()
    {
        await using var host = await ComplianceHost.Start("2024-05-20T20:00:00Z");
        var staff = new Staff(host);
        var anna = As(host, "anna", "analyst");
        var goods = await Goods.Plan(host, "RTX-4090", "2024-05-20", "IR");
        var aca = await anna.RegisterLicenceAsync(new RegisterLicenceRequest { Licence = Exception(Licence.Types.Kind.ExceptionAca, "IR") });
        var embargo = await goods.Held("US-EMBARGO");
        Assert.Equal(
            "HOLD_CANNOT_BE_RELEASED", (await Refused.By(async () => await staff.Olga.ProposeReleaseAsync(Staff.Proposal(embargo, "LICENCE", aca.Name)))).Reason);

        var wrong = Exception((Licence.Types.Kind)9, "CN");
        wrong.Lines[0].Quantity = 1;
        await Asked.Refused(
            StatusCode.InvalidArgument, "LICENCE_KIND_UNKNOWN", async () => await anna.RegisterLicenceAsync(new RegisterLicenceRequest { Licence = wrong }));
        wrong = Exception(Licence.Types.Kind.ExceptionNac, "CN");
        wrong.Rules.Add("US-2025-04-NVIDIA-LETTER");
        wrong.Lines.Add(new LicenceLine { Family = "L40", Quantity = 5 });
        var refused = await Asked.Refused(
            StatusCode.InvalidArgument, "SEVERAL_FIELDS_INVALID", async () => await anna.RegisterLicenceAsync(new RegisterLicenceRequest { Licence = wrong }));
        Assert.Equal(["licence.rules[2]:EXCEPTION_RULE_INVALID", "licence.lines[1]:EXCEPTION_HAS_NO_LIMIT"], Asked.Fields(refused));
        refused = await Asked.Refused(
            StatusCode.InvalidArgument, "SEVERAL_FIELDS_INVALID",
            async () => await As(host, "omar").RecordAnswerAsync(new RecordAnswerRequest { Name = aca.Name, AnsweredDate = Asked.Day("2024-05-22") }));
        Assert.Equal(["reference:TEXT_MISSING", "answered_date:NOTIFICATION_DATE_INVALID", "answer:ANSWER_MISSING"], Asked.Fields(refused));
    }

    [Fact]
    public void A_control_paragraph_covers_what_its_rules_found_and_not_what_they_left_open()
    {
        IReadOnlyList<string> Of(string part, string destination) =>
            LicensingPack.Default.ParagraphsOf(Pack.Decide(part, destination, "2025-06-01").Findings);

        Assert.Equal(["3A090", "3A090.a"], Of("H100-SXM5", "CN"));
        Assert.Equal(["3A090", "3A090.b"], Of("L40", "CN"));
        Assert.Empty(Of("H20", "CN"));
        Assert.Empty(Of("MI308X", "CN"));
        Assert.All(
            LicensingPack.Default.RulesOf(LicenceKind.ExceptionNac).Concat(LicensingPack.Default.RulesOf(LicenceKind.ExceptionAca)),
            rule => Assert.NotNull(Pack.Rules.Find(rule)));
    }

    [Fact]
    public void A_table_that_names_terms_nobody_wrote_is_refused()
    {
        var directory = Directory.CreateTempSubdirectory("licensing-").FullName;
        try
        {
            foreach (var file in Directory.GetFiles(RulePackFiles.DefaultDirectory, "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(directory, Path.GetRelativePath(RulePackFiles.DefaultDirectory, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }

            File.AppendAllText(Path.Combine(directory, "licence-exceptions.csv"), "ACA,US-3A090-A,NO-SUCH-TERMS\n");
            Assert.Contains("NO-SUCH-TERMS", Assert.Throws<RuleFileException>(() => LicensingPack.Load(directory)).Message, StringComparison.Ordinal);
            File.AppendAllText(Path.Combine(directory, "licence-exceptions.csv"), "HBM,US-3A090-A,ACA-3A090-A\n");
            Assert.Contains("NAC or ACA", Assert.Throws<RuleFileException>(() => LicensingPack.Load(directory)).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static LicencesApi.LicenceServiceClient As(ComplianceHost host, string who, string role = "officer") =>
        host.As<LicencesApi.LicenceServiceClient>(who, role);

    private static Licence Exception(Licence.Types.Kind kind, string country) => new()
    {
        Kind = kind,
        Number = $"X-{Guid.CreateVersion7():N}",
        Authority = "BIS",
        Licensee = "NVIDIA",
        Rules = { A, B },
        Lines = { new LicenceLine { ControlParagraph = "3A090.a" } },
        Parties = { new LicenceParty { Name = "Aurora Systems", Country = country } },
        DestinationCountries = { country },
        ValidFrom = Asked.Day("2024-04-04"),
        ValidTo = Asked.Day("2025-04-03"),
    };

    private static RecordNotificationRequest Notification(string name) =>
        new() { Name = name, Reference = "Z1234567", NotifiedDate = Asked.Day("2024-04-20") };

    private static RecordAnswerRequest Answer(string name, bool positive) => new()
    {
        Name = name,
        Reference = "Z1234567/A",
        AnsweredDate = Asked.Day("2024-05-15"),
        Answer = positive ? LicenceNotification.Types.Answer.Positive : LicenceNotification.Types.Answer.Negative,
    };

    private static AmendLicenceRequest Amend(string name, Licence terms)
    {
        terms.Name = name;
        return new AmendLicenceRequest { Licence = terms, Reason = "as it stands now" };
    }
}
