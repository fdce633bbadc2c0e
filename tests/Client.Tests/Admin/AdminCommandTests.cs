using System.Text.Json;
using Xunit;

namespace OrderTracking.Client.Tests.Admin;

/// <summary>The other admin commands, against a Host that runs.</summary>
public sealed class AdminCommandTests(RunningAdmin system) : IClassFixture<RunningAdmin>
{
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
    [InlineData("stuck orders")]
    [InlineData("stuck shipments")]
    [InlineData("releases list")]
    public async Task A_list_of_nothing_is_an_empty_array(string command)
    {
        var (code, output, notes) = await system.Run("operator", [.. command.Split(' '), "--json"]);
        Assert.Equal((0, "[]", ""), (code, output.Trim(), notes));
        var (_, table, saysNothing) = await system.Run("operator", command.Split(' '));
        Assert.Equal(("", "Nothing."), (table, saysNothing.Trim()));
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
    [InlineData("holds", "There is no command 'holds'. There are: holds list")]
    [InlineData("holds list --limti 5", "There is no option '--limti' here")]
    [InlineData("holds list --check", "There is no option '--check' here")]
    [InlineData("holds list --limit 0", "--limit is '0'; allowed is 1 to 100000.")]
    [InlineData("holds show", "'holds show' is to be given as: admin holds show HOLD")]
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
        Assert.StartsWith("No answer from http://127.0.0.1:9. Is the Host running there?", notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_lacks_is_named()
    {
        var (code, output, notes) = await system.Run("caller", "dead-letters", "list");
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("Refused, ROLE_NOT_ALLOWED", notes, StringComparison.Ordinal);
        Assert.Contains("'dead-letters list' needs a token of the role operator or auditor.", notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_missing_or_not_of_this_server_is_told_with_where_one_comes_from()
    {
        var (missing, _, saysMissing) = await RunningAdmin.Run(_ => null, "holds", "list", "--address", system.Address);
        var (strange, _, saysStrange) = await RunningAdmin.Run(name => name == "ORDERTRACKING_TOKEN" ? "x" : null, "holds", "list", "--address", system.Address);
        Assert.Equal((2, 1), (missing, strange));
        Assert.StartsWith("A token is needed: --token-file FILE, or the variable ORDERTRACKING_TOKEN", saysMissing, StringComparison.Ordinal);
        Assert.Contains("token --subject NAME --role ROLE", saysMissing, StringComparison.Ordinal);
        Assert.StartsWith("Refused, TOKEN_MISSING_OR_INVALID", saysStrange, StringComparison.Ordinal);
        Assert.Contains("token --subject NAME --role ROLE", saysStrange, StringComparison.Ordinal);
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
    public async Task What_a_terminal_would_obey_is_shown_and_not_obeyed()
    {
        var (code, output, notes) = await system.Run(
            "caller", "what-if", "--part", "H20", "--exporter", "NVIDIA", "--from", "US", "--time-zone", "America/Los_Angeles", "--to", "CN", "--buyer", "Rechen\u001b[2Jwerk",
            "--headquarters", "CN", "--date", "2026-12-02");
        Assert.NotEqual("", output + notes);
        Assert.NotEqual(2, code);
        Assert.DoesNotContain('\u001b', output + notes);
        Assert.Contains("Rechen?[2Jwerk", output + notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_every_command()
    {
        var (code, output, _) = await RunningAdmin.Run(_ => null, "--help");
        Assert.Equal(0, code);
        foreach (var command in new[] { "import-orders", "what-if", "holds assign", "licences show", "verify-audit", "dead-letters replay", "stuck orders", "orders timeline" })
            Assert.Contains($"admin {command} ", output, StringComparison.Ordinal);
        var (_, one, _) = await RunningAdmin.Run(_ => null, "holds", "approve", "--help");
        Assert.Contains("Roles: officer, counsel, operator.", one, StringComparison.Ordinal);
    }
}
