using System.Text.Json;
using Xunit;

namespace OrderTracking.Client.Tests.Admin;

/// <summary>Each command as a user gives it: the Host's program against a Host that runs, once for a reader and once for a script.</summary>
public sealed class AdminProgramTests(AdminScene scene) : IClassFixture<AdminScene>
{
    private static readonly string[] WhatIf =
    [
        "what-if", "--part", "H20", "--exporter", "NVIDIA", "--from", "US", "--time-zone", "America/Los_Angeles", "--to", "CN", "--buyer", "Rechenwerk",
        "--headquarters", "CN", "--parent", "none", "--date", "2026-12-02",
    ];

    private RunningAdmin System => scene.System;

    [Fact]
    public async Task An_order_is_shown_with_what_keeps_it_and_its_timeline()
    {
        var order = scene.Orders["HELD"];
        Contains(await System.RunProgram("operator", "orders", "show", order), "HELD", "US-2025-04-NVIDIA-LETTER", "10 ordered, 10 held", "PO-HELD");
        Contains(await System.RunProgram("operator", "orders", "timeline", Id(order)), "ORDER_PLACED", "SHIPMENT_SCREENED", "Recorded", "Trace");
        Assert.Equal("HELD", Text(await System.Json("operator", "orders", "show", Id(order)), "state"));
        var entries = (await System.Json("operator", "orders", "timeline", order)).EnumerateArray().ToList();
        Assert.Equal("ORDER_PLACED", Text(entries[0], "kind"));
        Assert.All(entries, entry => Assert.NotEmpty(Text(entry, "recordTime")));
    }

    [Fact]
    public async Task A_hold_is_listed_shown_and_given_to_somebody()
    {
        var hold = await HoldOf("LISTED");
        Contains(await System.RunProgram("analyst", "holds", "list"), "Reason", "US-2025-04-NVIDIA-LETTER", Id(hold));
        Contains(await System.RunProgram("analyst", "holds", "show", Id(hold)), "PART_NOT_IN_CATALOGUE", "Explanation", scene.Orders["LISTED"]);
        Assert.Equal(hold, Text(await System.Json("analyst", "holds", "show", hold), "name"));
        Contains(await System.RunProgram("analyst", "holds", "assign", hold, "--owner", "ana"), "Owner", "ana");
        Assert.Equal("", Text(await System.Json("analyst", "holds", "assign", hold, "--owner", ""), "owner"));
    }

    [Fact]
    public async Task A_release_needs_two_people_of_whom_each_gives_a_command()
    {
        var hold = await HoldOf("REVIEWED");
        string[] propose = ["holds", "propose", hold, "--reason", "FACTS_REVIEWED", "--note", "looked up"];
        Contains(await System.RunProgram("officer", propose), "PROPOSED", "officer-of-tests", "looked up");
        Contains(await System.RunProgram("officer", "releases", "list"), "FACTS_REVIEWED", hold);
        var same = await System.RunProgram("officer", "holds", "approve", hold);
        Assert.Equal((1, ""), (same.ExitCode, same.Output));
        Assert.StartsWith("Refused, ", same.Notes, StringComparison.Ordinal);
        var approved = await System.Json("officer/olivia", "holds", "approve", hold, "--note", "agreed");
        Assert.Equal(("APPROVED", "olivia"), (Text(approved, "state"), Text(approved, "decidedBy")));
        Contains(await System.RunProgram("officer", "holds", "show", hold), "SETTLED", "Releases", "APPROVED");
    }

    [Fact]
    public async Task A_release_that_is_rejected_leaves_the_hold_open()
    {
        var hold = await HoldOf("REJECTED");
        var proposed = await System.Json("analyst", "holds", "propose", hold, "--reason", "FACTS_REVIEWED", "--note", "looked up");
        Assert.Contains(
            (await System.Json("officer", "releases", "list")).EnumerateArray(), one => Text(one, "name") == Text(proposed, "name"));
        Contains(await System.RunProgram("officer", "holds", "reject", Text(proposed, "name"), "--note", "not convincing"), "REJECTED", "not convincing");
        var nothing = await System.RunProgram("officer", "holds", "approve", hold);
        Assert.Equal(2, nothing.ExitCode);
        Assert.Contains("has no release that waits", nothing.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_licence_is_listed_and_shown_with_its_balance()
    {
        Contains(await System.RunProgram("operator", "licences", "list"), "D1234567", "H20 1,000 of 1,000");
        Contains(await System.RunProgram("operator", "licences", "show", Id(scene.Licence)), "Lines", "Reserved", "Left", "1,000", "Rechenwerk (CN)");
        Assert.Equal("D1234567", Text(Assert.Single((await System.Json("operator", "licences", "list")).EnumerateArray()), "number"));
        var shown = await System.Json("operator", "licences", "show", scene.Licence);
        Assert.Equal(scene.Licence, Text(shown.GetProperty("licence"), "name"));
    }

    [Fact]
    public async Task An_order_whose_event_was_given_up_is_found_stuck_and_completes_after_its_replay()
    {
        var order = scene.Orders["BROKEN-1"];
        await AdminScene.Until("it is stuck", async () => Find(await System.Json("operator", "stuck", "orders"), order) is not null);
        Contains(await System.RunProgram("operator", "stuck", "orders"), Id(order), "SCREENED", "Age", "Probable cause");
        var shipment = Text(Find(await System.Json("operator", "stuck", "orders"), order)!.Value, "shipment");
        await AdminScene.Until("its shipment is stuck", async () => Find(await System.Json("operator", "stuck", "shipments"), shipment) is not null);
        Contains(await System.RunProgram("operator", "stuck", "shipments"), Id(shipment), "SCREENED");

        var letter = await LetterOf(order);
        Contains(await System.RunProgram("operator", "dead-letters", "list"), letter, "WAITING", "no such table");
        Contains(await System.RunProgram("operator", "dead-letters", "show", letter), "Error", "Body", "GIVEN_UP");
        Contains(await System.RunProgram("operator", "dead-letters", "replay", letter, "--reason", "table restored"), letter, "table restored");
        await AdminScene.Until("the order is ready", async () => Text(await System.Json("operator", "orders", "show", order), "state") == "READY");
        // A second replay changes nothing.
        Assert.Equal("REPLAYED", Text(await System.Json("operator", "dead-letters", "replay", letter), "state"));
        Assert.Null(Find(await System.Json("operator", "stuck", "orders"), order));
    }

    [Fact]
    public async Task A_dead_letter_is_discarded_with_a_reason_and_not_replayed_after_it()
    {
        var letter = await LetterOf(scene.Orders["BROKEN-2"]);
        Contains(await System.RunProgram("operator", "dead-letters", "discard", letter, "--reason", "cancelled by phone"), "DISCARDED", "cancelled by phone");
        Assert.Equal("DISCARDED", Text(await System.Json("auditor", "dead-letters", "show", letter), "state"));
        var replay = await System.RunProgram("operator", "dead-letters", "replay", letter);
        Assert.Equal(1, replay.ExitCode);
    }

    [Fact]
    public async Task A_what_if_is_explained()
    {
        Contains(await System.RunProgram("caller", WhatIf), "Outcome", "HELD", "Why", "US-2025-04-NVIDIA-LETTER", "Explanation", "Citation");
        var decision = await System.Json("caller", WhatIf);
        Assert.Equal("HELD", Text(decision, "outcome"));
        Assert.NotEmpty(decision.GetProperty("findings").EnumerateArray());
    }

    [Fact]
    public async Task An_audit_trail_is_verified()
    {
        Contains(await System.RunProgram("auditor", "verify-audit"), "Intact", "yes");
        Assert.True((await System.Json("auditor", "verify-audit")).GetProperty("intact").GetBoolean());
    }

    // What shows that the other tests would see escapes and a bar if there were any.
    [Fact]
    public async Task On_a_terminal_there_are_colours_and_a_bar()
    {
        if (await System.RunOnTerminal("auditor", "verify-audit") is not { } verified)
        {
            Assert.Skip("script (util-linux) is not there: no terminal to run on.");
            return;
        }

        Assert.Equal(0, verified.ExitCode);
        Assert.Matches("Audit trail.*100%", verified.Output);
        var (code, output) = (await System.RunOnTerminal("caller", WhatIf))!.Value;
        Assert.Equal(0, code);
        Assert.Matches("\u001b\\[[0-9;]*mHELD\u001b", output);
    }

    // A command of which the reader sees what he needs, and a file no escapes and no blanks at the ends of lines.
    private static void Contains((int ExitCode, string Output, string Notes) ended, params string[] expected)
    {
        Assert.Equal((0, ""), (ended.ExitCode, ended.Notes));
        foreach (var text in expected)
            Assert.Contains(text, ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', ended.Output);
        Assert.All(ended.Output.Split('\n'), line => Assert.False(line.EndsWith(' '), line));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string Id(string name) => name[(name.LastIndexOf('/') + 1)..];

    private static JsonElement? Find(JsonElement list, string name) =>
        list.EnumerateArray().Where(one => Text(one, name.StartsWith("orders/", StringComparison.Ordinal) ? "order" : "shipment") == name)
            .Select(one => (JsonElement?)one).FirstOrDefault();

    private async Task<string> HoldOf(string reference)
    {
        var holds = await System.Json("analyst", "holds", "list", "--filter", $"order = \"{scene.Orders[reference]}\" AND state = OPEN");
        return Text(holds.EnumerateArray().First(), "name");
    }

    private async Task<string> LetterOf(string order)
    {
        foreach (var letter in (await System.Json("operator", "dead-letters", "list")).EnumerateArray())
            if (Text(await System.Json("operator", "dead-letters", "show", Text(letter, "name")), "body").Contains(Id(order), StringComparison.Ordinal))
                return Text(letter, "name");
        throw new InvalidOperationException($"No dead letter is about {order}.");
    }
}
