using Microsoft.Extensions.Configuration;
using OrderTracking.BuildingBlocks.Hosting;

namespace OrderTracking.BuildingBlocks.Tests.Hosting;

public sealed class SecurityOptionsTests
{
    private const string Whole = """
        Security:Mode=Oidc Security:Oidc:Authority=https://id.example/realms/r Security:Oidc:Audience=ordertracking
        Security:Oidc:ServiceClients:orders=ordertracking-orders Security:Service:ClientId=ordertracking-orders Security:Service:ClientSecret=s
        """;

    [Fact]
    public void A_whole_configuration_is_taken()
    {
        var options = From(Whole);
        options.Check();
        Assert.Equal("orders", options.Security.Oidc.ServiceOfClient["ordertracking-orders"]);
        Assert.Equal("https://id.example/realms/r/.well-known/openid-configuration", options.Security.Oidc.MetadataAddress);
    }

    [Theory]
    [InlineData("Security:Oidc:Authority=", "Security:Oidc:Authority is ''")]
    [InlineData("Security:Oidc:Authority=id.example", "Security:Oidc:Authority is 'id.example'")]
    [InlineData("Security:Oidc:Authority=http://id.example", "allowed is https, or http with Security:Oidc:RequireHttps=false")]
    [InlineData("Security:Oidc:Authority=http://id.example Security:Oidc:RequireHttps=false", "keys and secrets would pass the network in the open")]
    [InlineData("Security:Oidc:RequireHttps=no", "Security:Oidc:RequireHttps is 'no'; allowed are true and false.")]
    [InlineData("Security:Oidc:RefreshSeconds=0", "Security:Oidc:RefreshSeconds is '0'; allowed is 1 to 3600.")]
    [InlineData("Security:Oidc:Audience=", "Security:Oidc:Audience is ''")]
    [InlineData("Security:Oidc:ServiceClients:orders=", "Security:Oidc:ServiceClients is ''")]
    [InlineData("Security:Oidc:ServiceClients:shipments=ordertracking-orders", "allowed is one service a client")]
    [InlineData("Security:Service:ClientSecret=", "Security:Service:ClientSecret is '' while Security:Service:ClientId is 'ordertracking-orders'")]
    [InlineData("Security:Service:ClientId=", "Security:Service:ClientId is '' while a secret is set")]
    [InlineData("Security:Service:ClientSecretFile=/nowhere", "are both set")]
    [InlineData("Security:Service:ClientSecret= Security:Service:ClientSecretFile=/nowhere", "Security:Service:ClientSecretFile is '/nowhere'")]
    [InlineData("Security:Mode=Development", "Security:Oidc:Authority is 'https://id.example/realms/r' while Security:Mode is 'Development'")]
    [InlineData("Grpc:Address=0.0.0.0", "Grpc:Address is '0.0.0.0' without Grpc:Tls:CertificateFile")]
    [InlineData("Grpc:Address=::", "Grpc:Address is '::' without Grpc:Tls:CertificateFile")]
    [InlineData("Grpc:AllowCleartext=perhaps", "Grpc:AllowCleartext is 'perhaps'; allowed are true and false.")]
    [InlineData("Services:shipments:Address=http://shipments:5080", "this service's token would pass the network in the open")]
    [InlineData("Services:shipments:Address=shipments", "Services:shipments:Address is 'shipments'")]
    [InlineData("Kestrel:Endpoints:Other:Url=http://0.0.0.0:81", "Kestrel:Endpoints:Other:Url is 'http://0.0.0.0:81'")]
    [InlineData("Grpc:Tls:CertificateFile=/nowhere.pem", "Grpc:Tls:CertificateFile is '/nowhere.pem', which cannot be used")]
    [InlineData("Grpc:Tls:KeyFile=/nowhere.pem", "Grpc:Tls:CertificateFile is '' while other settings of Grpc:Tls are given")]
    [InlineData("Grpc:Tls:ClientCertificates=Maybe", "Grpc:Tls:ClientCertificates is 'Maybe'; allowed are Off, Allow, Require.")]
    [InlineData("Grpc:Tls:ClientCertificates=Require", "Grpc:Tls:ClientAuthorityFile is ''")]
    [InlineData("Services:Tls:AuthorityFile=/nowhere.pem", "Services:Tls:AuthorityFile is '/nowhere.pem'")]
    [InlineData("Services:Tls:KeyFile=/nowhere.pem", "Services:Tls:CertificateFile is ''")]
    public void What_is_missing_contradicts_itself_or_is_not_safe_stops_the_start(string more, string expected)
    {
        var error = Assert.Throws<InvalidOperationException>(() => From($"{Whole} {more}").Check());
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var error = Assert.Throws<InvalidOperationException>(
            () => From("Security:Mode=Oidc Grpc:Address=0.0.0.0 Security:Oidc:RequireHttps=1 Kestrel:Endpoints:A:Url=http://+:81").Check());
        Assert.Equal(6, error.Message.Split('\n').Length);
    }

    [Theory]
    [InlineData("Grpc:Address=0.0.0.0 Grpc:AllowCleartext=true")]
    [InlineData("Services:shipments:Address=http://127.0.0.1:5081")]
    [InlineData("Services:shipments:Address=https://shipments:5080")]
    [InlineData("Services:shipments:Address=http://shipments:5080 Grpc:AllowCleartext=true")]
    [InlineData("Security:Oidc:Authority=http://127.0.0.1:8080 Security:Oidc:RequireHttps=false")]
    [InlineData("Security:Oidc:Authority=http://keycloak:8080 Security:Oidc:RequireHttps=false Grpc:AllowCleartext=true")]
    [InlineData("ASPNETCORE_ENVIRONMENT=Production")]
    public void What_is_safe_or_said_to_be_is_taken(string more) => From($"{Whole} {more}").Check();

    [Theory]
    [InlineData("Grpc:Address=0.0.0.0")]
    [InlineData("Grpc:Address=::")]
    [InlineData("Grpc:Address=192.0.2.7")]
    [InlineData("Grpc:Address=0.0.0.0 Grpc:AllowCleartext=true")]
    [InlineData("Services:shipments:Address=http://shipments:5080")]
    [InlineData("Kestrel:Endpoints:Other:Url=http://0.0.0.0:81")]
    [InlineData("Kestrel:Endpoints:Other:Url=http://unix:/tmp/socket")]
    [InlineData("ASPNETCORE_ENVIRONMENT=Production")]
    [InlineData("DOTNET_ENVIRONMENT=production")]
    [InlineData("Security:Service:ClientId=orders Security:Service:ClientSecret=s")]
    public void Development_stays_on_the_loopback(string settings) => Assert.Throws<InvalidOperationException>(() => From(settings).Check());

    [Theory]
    [InlineData("Grpc:Address=::1")]
    [InlineData("Grpc:Address=127.0.0.2")]
    [InlineData("ASPNETCORE_ENVIRONMENT=Development")]
    [InlineData("Services:shipments:Address=http://localhost:5081")]
    public void Development_serves_the_loopback(string settings) => From(settings).Check();

    // Later settings win over earlier ones.
    private static ServiceHostOptions From(string settings)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var setting in settings.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
            values[setting.Split('=', 2)[0]] = setting.Split('=', 2)[1];
        return ServiceHostOptions.From(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
    }
}
