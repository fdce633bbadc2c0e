using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Screening;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Registers;

public sealed class CheckShipmentTests(RegistersHost host) : IClassFixture<RegistersHost>
{
    [Fact]
    public async Task The_answer_is_the_same_bytes_a_year_later_whatever_was_published_in_between()
    {
        var asked = host.Now;
        host.Now += TimeSpan.FromDays(1);
        CheckShipmentRequest[] questions =
        [
            Asked.Check("H20", "CN", "2025-04-09", asked), Asked.Check("H100-SXM5", "AE", "2026-02-01", asked),
            Asked.Check("L2", "BR", "2027-01-02", asked),
            Asked.Check("UNKNOWN-PART", "CN", "2025-04-09", asked), Asked.Check("MI308X", "CN", "2025-04-20", asked),
            Asked.Check("A800-SXM-80", "CN", "2023-10-24", Pack.StartOf("2023-10-22")),
        ];
        var before = new List<ByteString>();
        foreach (var question in questions)
            before.Add((await host.Checks("erp").CheckShipmentAsync(question)).ToByteString());

        await host.Publish("T-LATER", Pack.InForce("always", "[CN, AE, BR]", "PROHIBITED"));
        await host.Publish("US-2025-04-NVIDIA-LETTER", Pack.NotInForce("REPEALED", "always"));
        await host.ApprovedPart("UNKNOWN-PART");
        host.Now += TimeSpan.FromDays(365);
        var changed = await host.Checks().CheckShipmentAsync(new CheckShipmentRequest(questions[2]) { KnownAt = null });
        await host.Restart();

        for (var index = 0; index < questions.Length; index++)
            Assert.Equal(before[index], (await host.Checks("crm").CheckShipmentAsync(questions[index])).ToByteString());
        Assert.Equal("BLOCKED T-LATER:PROHIBITED", Asked.Written(changed));
    }

    [Fact]
    public async Task An_answer_without_an_instant_says_which_one_it_used_and_is_repeated_with_it()
    {
        var now = await host.Checks().CheckShipmentAsync(Asked.Check("L2", "MX", "2027-05-01"));
        await host.Publish("T-NOW", Pack.InForce("always", "MX"));

        Assert.Equal(now, await host.Checks().CheckShipmentAsync(Asked.Check("L2", "MX", "2027-05-01", now.KnownAt.ToDateTimeOffset())));
        Assert.Equal(
            "HELD T-NOW:CASE_BY_CASE", Asked.Written(await host.Checks().CheckShipmentAsync(Asked.Check("L2", "MX", "2027-05-01"))));
    }

    [Fact]
    public async Task An_instant_later_than_now_is_read_as_now()
    {
        var later = await host.Checks().CheckShipmentAsync(Asked.Check("H20", "CN", "2025-04-09", host.Now.AddYears(3)));
        var now = await host.Checks().CheckShipmentAsync(Asked.Check("H20", "CN", "2025-04-09"));

        Assert.Equal(now, later);
    }

    [Fact]
    public async Task A_what_if_is_not_stored_and_is_nobodys()
    {
        var rows = await host.AllRows();
        var decision = await host.Checks().CheckShipmentAsync(Asked.Check("H20", "CN", "2025-04-09"));

        Assert.Equal(rows, await host.AllRows());
        Assert.Equal(Decision.Types.Occasion.WhatIf, decision.Occasion);
        Assert.Equal("", decision.Name + decision.Uid + decision.Shipment + decision.Actor + decision.TraceId + decision.Etag);
        Assert.Null(decision.CreateTime);
        Assert.Equal(0, decision.Number);
        Assert.Contains(decision.Notices, notice => notice.Contains("Parties not screened", StringComparison.OrdinalIgnoreCase));
        Assert.All(
            [decision.FactsDigest, decision.RulesDigest, decision.CatalogueDigest, decision.ListsDigest], digest =>
                Assert.Equal(64, digest.Length));
        Assert.Equal((2368d, "H20"), (decision.Facts.Item.Facts.Tpp, decision.Facts.Item.Family));
    }

    [Fact]
    public async Task Every_fault_of_a_question_is_named_at_once()
    {
        var question = Asked.Check("H20", "cn", "2025-04-09");
        question.Facts.ShipDate = null;
        question.Facts.Exporter = "Nvidia";
        question.Facts.PlaceOfExport.TimeZone = "Mars/Olympus";
        question.Facts.Movement = Types.V1.Movement.Unspecified;
        question.Facts.Parties[0].HeadquartersCountry = "";
        question.Facts.Quantity = 0;
        question.KnownAt = new Timestamp { Seconds = long.MaxValue };
        var refused = await Asked.Refused(
            StatusCode.InvalidArgument, "SEVERAL_FIELDS_INVALID", async () => await host.Checks().CheckShipmentAsync(question));

        Assert.Equal(
            [
                "facts.destination_country:COUNTRY_UNKNOWN", "facts.exporter:EXPORTER_INVALID", "facts.movement:MOVEMENT_MISSING",
                "facts.parties[0].country:COUNTRY_UNKNOWN", "facts.parties[0].headquarters_country:HEADQUARTERS_MISSING",
                "facts.parties[0].ultimate_parent.country:COUNTRY_UNKNOWN", "facts.place_of_export.time_zone:TIME_ZONE_UNKNOWN",
                "facts.quantity:QUANTITY_NOT_POSITIVE", "facts.ship_date:SHIP_DATE_MISSING", "known_at:INSTANT_INVALID",
            ],
            Asked.Fields(refused).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_faulty_question_of_a_batch_is_answered_as_if_asked_alone_and_ends_nothing()
    {
        var faulty = Asked.Check("H20", "XX", "2025-04-09");
        var alone = await Assert.ThrowsAsync<RpcException>(async () => await host.Checks().CheckShipmentAsync(faulty));
        using var call = host.Checks().BatchCheckShipments();
        for (var message = 0; message < 2; message++)
        {
            // As known before anything other tests publish.
            await call.RequestStream.WriteAsync(new BatchCheckShipmentsRequest
            {
                Checks = { Asked.Check("H20", "CN", "2025-04-08", Pack.Today), faulty, Asked.Check("H20", "CN", "2025-04-09", Pack.Today) },
            });
            Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
            var answers = call.ResponseStream.Current.Answers;
            Assert.Equal(
                ["CLEARED ", "HELD US-2025-04-NVIDIA-LETTER:UNSTATED"],
                [Asked.Written(answers[0].Decision), Asked.Written(answers[2].Decision)]);
            Assert.Equal(alone.GetRpcStatus(), answers[1].Error);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task A_message_of_too_few_or_too_many_questions_ends_the_stream(int count)
    {
        using var call = host.Checks().BatchCheckShipments();
        await call.RequestStream.WriteAsync(
            new BatchCheckShipmentsRequest { Checks = { Enumerable.Range(0, count).Select(_ => Asked.Check("L2", "DE", "2025-04-09")) } });

        await Asked.Refused(
            StatusCode.InvalidArgument, "LIST_SIZE_INVALID",
            async () => await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Questions_asked_while_amendments_are_published_have_one_answer_an_instant()
    {
        var publishing = Task.Run(async () =>
        {
            for (var day = 1; day <= 12; day++)
                await host.Publish(
                    "T-RACE", Pack.InForce($"{{ from: 2027-01-{day:00} }}", "CL", day % 2 == 0 ? "PROHIBITED" : "CASE_BY_CASE"));
        });
        var answers = new List<Decision>();
        while (!publishing.IsCompleted)
        {
            host.Now += TimeSpan.FromMicroseconds(3);
            answers.Add(await host.Checks().CheckShipmentAsync(Asked.Check("L2", "CL", "2027-06-01")));
        }

        await publishing;
        Assert.NotEmpty(answers);
        foreach (var answer in answers)
            Assert.Equal(
                answer, await host.Checks().CheckShipmentAsync(Asked.Check("L2", "CL", "2027-06-01", answer.KnownAt.ToDateTimeOffset())));
    }
}
