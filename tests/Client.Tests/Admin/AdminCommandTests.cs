using System.Text.Json;
using Xunit;

namespace OrderTracking.Client.Tests.Admin;

/// <summary>The other admin commands, against a Host that runs.</summary>
public sealed class AdminCommandTests(RunningAdmin system) : IClassFixture<RunningAdmin>
{
    private static readonly string[] WhatIf =
    [
        "what-if", "--part", "H100", "--exporter", "NVIDIA", "--from", "US", "--time-zone", "America/Los_Angeles", "--to", "CN", "--buyer", "Rechenwerk",
        "--headquarters", "CN", "--parent", "none", "--date", "2025-06-02",
    ];

    [Fact]
    public async Task What_if_tells_the_outcome_and_the_rules_behind_it()
    {
        var (code, output, notes) = await system.Run("caller", WhatIf);
        Assert.Equal((0, ""), (code, notes));
        Assert.Matches("Outcome +(Held|Blocked)", output);
        Assert.Contains("Explanation", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public async Task What_if_as_json_is_the_decision()
    {
        var (code, output, _) = await system.Run("caller", [.. WhatIf, "--json"]);
        using var decision = JsonDocument.Parse(output);
        Assert.Equal(0, code);
        Assert.NotEqual("CLEARED", decision.RootElement.GetProperty("outcome").GetString());
        Assert.NotEmpty(decision.RootElement.GetProperty("findings").EnumerateArray());
    }

    [Fact]
    public async Task A_trail_that_agrees_ends_with_0_and_one_with_fewer_entries_than_known_with_1()
    {
        var whole = await system.Run("auditor", "verify-audit");
        var short_ = await system.Run("auditor", "verify-audit", "--expected-entries", "1000000");
        Assert.Equal((0, 1), (whole.ExitCode, short_.ExitCode));
        Assert.Matches("Intact +yes", whole.Output);
        Assert.Matches("Intact +NO", short_.Output);
    }

    [Theory]
    [InlineData("holds list")]
    [InlineData("licences list")]
    [InlineData("dead-letters list")]
    public async Task A_list_of_nothing_is_an_empty_array(string command)
    {
        var (code, output, notes) = await system.Run("operator", [.. command.Split(' '), "--json"]);
        Assert.Equal((0, "[]", ""), (code, output.Trim(), notes));
    }

    [Theory]
    [InlineData("holds show holds/0198c0de-0000-7000-8000-000000000000")]
    [InlineData("licences show licences/0198c0de-0000-7000-8000-000000000000")]
    [InlineData("dead-letters show services/orders/deadLetters/0198c0de-0000-7000-8000-000000000000")]
    public async Task What_is_not_there_is_refused_with_the_server_s_reason(string command)
    {
        var (code, output, notes) = await system.Run("operator", command.Split(' '));
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("Refused, ", notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hold list", "There is no command 'hold list'.")]
    [InlineData("holds list --limti 5", "There is no option '--limti' here")]
    [InlineData("holds list --limit 0", "--limit is '0'; allowed is 1 to 100000.")]
    [InlineData("holds show", "'holds show' takes 1 words and got 0")]
    [InlineData("holds list --address ftp://x", "--address is 'ftp://x'; allowed is")]
    [InlineData("dead-letters discard services/orders/deadLetters/1", "--reason is needed.")]
    public async Task Misuse_ends_with_2_and_says_what_is_allowed(string command, string expected)
    {
        var (code, output, notes) = await system.Run("operator", command.Split(' '));
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith(expected, notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_there_ends_with_3()
    {
        var (code, _, notes) = await RunningAdmin.Run(
            name => name == "ORDERTRACKING_TOKEN" ? "x" : null, "holds", "list", "--address", "http://127.0.0.1:9", "--deadline", "5");
        Assert.Equal(3, code);
        Assert.StartsWith("Not answered, ", notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_host_s_program_has_the_commands_and_needs_no_settings_for_them()
    {
        var directory = Directory.CreateTempSubdirectory("ordertracking-admin-");
        try
        {
            var token = Path.Combine(directory.FullName, "token");
            await File.WriteAllTextAsync(token, await system.Token("operator"), TestContext.Current.CancellationToken);
            var (code, output) = await Programs.Run(
                directory.FullName, Programs.Host, "admin", "holds", "list", "--json", "--address", system.Address, "--token-file", token);
            Assert.Equal((0, "[]"), (code, output.Trim()));
            Assert.Equal([token], Directory.GetFileSystemEntries(directory.FullName));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Help_names_every_command()
    {
        var (code, output, _) = await RunningAdmin.Run(_ => null, "--help");
        Assert.Equal(0, code);
        foreach (var command in new[] { "import-orders", "what-if", "holds assign", "licences show", "verify-audit", "dead-letters replay" })
            Assert.Contains($"admin {command} ", output, StringComparison.Ordinal);
    }
}
