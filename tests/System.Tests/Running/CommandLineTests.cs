using OrderTracking.Host;
using Xunit;

namespace OrderTracking.SystemTests.Running;

public class CommandLineTests
{
    [Theory]
    [InlineData("--prt 5080", "There is no option '--prt'.")]
    [InlineData("serve", "There is no option 'serve'.")]
    [InlineData("--port", "--port needs a value.")]
    [InlineData("--Storage:Flavour=mild", "There is no option '--Storage:Flavour'.")]
    [InlineData("--subject alice", "There is no option '--subject'.")]
    [InlineData("--exit", "--exit goes with --demo.")]
    [InlineData("token --role officer", "token needs --subject NAME.")]
    [InlineData("token --subject alice", "token needs --role ROLE;")]
    [InlineData("token --subject alice --role boss", "There is no role 'boss';")]
    [InlineData("token --subject alice --role service", "There is no role 'service';")]
    [InlineData("token --subject alice --role officer --hours 0", "--hours is '0'; allowed is 1 to 168.")]
    [InlineData("backup", "backup needs --to DIRECTORY")]
    [InlineData("restore", "restore needs --from DIRECTORY")]
    [InlineData("restore --to b", "There is no option '--to'.")]
    [InlineData("import-list --list CSL --subject ana", "import-list needs --file PATH or --url URL, one of them.")]
    [InlineData("import-list --file a --url http://b --list CSL --subject ana", "import-list needs --file PATH or --url URL, one of them.")]
    [InlineData("import-list --url http://b --subject ana", "import-list needs --list NAME")]
    [InlineData("import-list --url http://b --list CSL", "import-list needs --subject NAME")]
    [InlineData("import-list --file a --list CSL --subject ana", "import-list --file needs --as-of YYYY-MM-DD")]
    [InlineData("import-list --file a --list CSL --subject ana --as-of 1.3.2025", "--as-of is '1.3.2025'")]
    [InlineData("import-list --url ftp://b --list CSL --subject ana", "--url is 'ftp://b'; allowed are http and https.")]
    [InlineData("--as-of 2025-03-01", "There is no option '--as-of'.")]
    public void What_cannot_be_understood_is_refused_with_what_is_allowed(string words, string message)
    {
        var refused = Assert.Throws<UsageException>(() => CommandLine.Parse(words.Split(' ')));
        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_may_follow_a_blank_or_an_equals_sign()
    {
        var line = CommandLine.Parse(["--port=5090", "--data", "elsewhere", "--Logging:LogLevel:Default=Debug"]);
        Assert.Equal("5090", line.Settings["Grpc:Port"]);
        Assert.Equal("elsewhere", line.Settings["Storage:DataDirectory"]);
        Assert.Equal("Debug", line.Settings["Logging:LogLevel:Default"]);
    }

    [Fact]
    public void A_token_takes_several_roles()
    {
        var line = CommandLine.Parse(["token", "--subject", "alice", "--role", "officer", "--role", "counsel", "--hours", "2"]);
        Assert.Equal((Verb.Token, "alice", TimeSpan.FromHours(2)), (line.Verb, line.Subject, line.Lifetime));
        Assert.Equal(["officer", "counsel"], line.Roles);
    }

    [Theory]
    [InlineData("--address 0.0.0.0", "loopback")]
    [InlineData("--Security:Mode None", "Security:Mode")]
    [InlineData("--Storage:Provider Paper", "Storage:Provider")]
    [InlineData("--Messaging:Transport Pigeon", "Messaging:Transport")]
    public void What_this_version_does_not_have_or_would_not_be_safe_stops_the_start(string words, string named)
    {
        var refused = Assert.Throws<InvalidOperationException>(() => HostApp.Build(words.Split(' ')));
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }
}
