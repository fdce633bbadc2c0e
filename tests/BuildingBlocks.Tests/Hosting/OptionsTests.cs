using System.Net;
using Microsoft.Extensions.Configuration;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.BuildingBlocks.Hosting.Identity;

namespace OrderTracking.BuildingBlocks.Tests.Hosting;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("Storage:Provider", "Postgres", "Storage:Provider is 'Postgres'")]
    [InlineData("Messaging:Transport", "RabbitMQ", "Messaging:Transport is 'RabbitMQ'")]
    [InlineData("Security:Mode", "Jwt", "Security:Mode is 'Jwt'; allowed are")]
    [InlineData("Grpc:Address", "0.0.0.0", "loopback")]
    [InlineData("Grpc:Limits:CallsPerSecondMax", "0", "Grpc:Limits:CallsPerSecondMax is '0'; allowed is 1 to 1,000,000.")]
    [InlineData("Grpc:Limits:CallsPerSecondMax", "many", "Grpc:Limits:CallsPerSecondMax is 'many'; allowed is a whole number.")]
    [InlineData("Grpc:Limits:CallsPerMinuteMax", "60", "Grpc:Limits:CallsPerMinuteMax is '60'; allowed is only these limits: Rec")]
    [InlineData("Grpc:Limits:DefaultDeadlineSeconds", "301", "DefaultDeadlineSeconds is '301'; allowed is at most DeadlineSecondsMax, 300.")]
    public void What_this_version_does_not_have_stops_the_start(string key, string value, string expected)
    {
        var error = Assert.Throws<InvalidOperationException>(() => From((key, value)).Check());
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tomorrow")]
    [InlineData("367.00:00:00")]
    public void A_clock_is_off_by_a_span_that_can_be_read_and_is_not_absurd(string value)
    {
        var error = Assert.Throws<InvalidOperationException>(() => From(("Development:ClockSkew", value)).Check());
        Assert.Contains($"Development:ClockSkew is '{value}'; allowed is", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clock_is_off_in_development_only()
    {
        var clock = From(("Development:ClockSkew", "-1.00:00:00")).Clock;
        clock.Check(SecurityOptions.Development);
        Assert.InRange(TimeProvider.System.GetUtcNow() - clock.Provider.GetUtcNow(), TimeSpan.FromHours(23.9), TimeSpan.FromHours(24.1));
        var error = Assert.Throws<InvalidOperationException>(() => clock.Check("Oidc"));
        Assert.Contains("Development:ClockSkew is '-1.00:00:00'", error.Message, StringComparison.Ordinal);
        Assert.Same(TimeProvider.System, From().Clock.Provider);
    }

    [Fact]
    public void The_defaults_are_the_embedded_shape_on_the_loopback()
    {
        var options = From();
        options.Check();
        Assert.Equal((IPAddress.Loopback, 5080, "data"), (options.Address, options.Port, options.Storage.DataDirectory));
    }

    private static ServiceHostOptions From(params (string Key, string Value)[] settings) => ServiceHostOptions.From(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build());
}
