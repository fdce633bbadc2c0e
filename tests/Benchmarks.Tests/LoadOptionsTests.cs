using OrderTracking.Benchmarks.Loading;
using Xunit;

namespace OrderTracking.Benchmarks.Tests;

/// <summary>The load generator's arguments.</summary>
public sealed class LoadOptionsTests
{
    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_with_the_argument_its_value_and_what_is_allowed()
    {
        var wrong = Wrong(
            "--target", "ftp://x", "--rate", "0", "--duration", "1e3", "--method", "place", "--connections", "257", "--in-flight", "-1",
            "--token-file", "/nowhere/token", "--speed", "3", "now");
        string[] expected =
        [
            "There is no option '--speed'", "'3' is no option", "'now' is no option", "--target is 'ftp://x'; allowed is http://HOST:PORT or https://HOST:PORT",
            "--rate is '0'; allowed is a whole number from 1 to 1,000,000", "--duration is '1e3'; allowed is a whole number from 1 to 86,400",
            "--method is 'place'; allowed are place-order and check-shipment", "--connections is '257'; allowed is a whole number from 1 to 256",
            "--in-flight is '-1'; allowed is a whole number from 1 to 100,000", "--token-file is '/nowhere/token'; allowed is a file that can be read",
        ];
        Assert.All(expected, one => Assert.Contains(wrong, line => line.Contains(one, StringComparison.Ordinal)));
        Assert.Equal(expected.Length, wrong.Count);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        var wrong = Wrong();
        Assert.All(["--target is missing", "--rate is missing", "--duration is missing", "--token is missing"], one => Assert.Contains(wrong, line => line.StartsWith(one, StringComparison.Ordinal)));
        Assert.Equal(4, wrong.Count);
    }

    [Fact]
    public void A_wrong_token_is_refused_and_not_repeated() =>
        Assert.DoesNotContain("secret", Assert.Single(Wrong("--target", "http://h:1", "--rate", "1", "--duration", "1", "--token", "secret in two")), StringComparison.Ordinal);

    [Fact]
    public void The_token_may_be_a_variable()
    {
        Assert.True(LoadOptions.TryParse(
            ["--target=https://h:1", "--rate=50", "--duration=3"], name => name == LoadOptions.TokenVariable ? "t" : null, out var options, out var wrong), string.Concat(wrong));
        Assert.Equal(("t", 150L, LoadMethod.PlaceOrder, 4, 4_000), (options!.Token, options.Calls, options.Method, options.Connections, options.InFlightMax));
    }

    private static IReadOnlyList<string> Wrong(params string[] args)
    {
        Assert.False(LoadOptions.TryParse(args, _ => null, out _, out var wrong));
        return wrong;
    }
}
