using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Configuration;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Tests.Hosting;

public sealed class StorageOptionsTests
{
    private const string Server = "Server=db;Database=orders;User Id=u";

    [Theory]
    [InlineData("Storage:Provider", "Postgres", "Storage:Provider is 'Postgres'; allowed are 'Sqlite' and 'SqlServer'.")]
    [InlineData("Storage:SqlServer:CommandTimeoutSeconds", "0", "Storage:SqlServer:CommandTimeoutSeconds is '0'; allowed is 1 to 600.")]
    [InlineData("Storage:SqlServer:CommandTimeoutSeconds", "soon", "Storage:SqlServer:CommandTimeoutSeconds is 'soon'")]
    [InlineData("Storage:SqlServer:PasswordFile", "/no/such/file", "Storage:SqlServer:PasswordFile is '/no/such/file'")]
    [InlineData("Storage:Provider", "SqlServer", "ConnectionStrings:{name}")]
    public void What_cannot_be_meant_is_refused_with_its_key_and_what_is_allowed(string key, string value, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidOperationException>(() => From((key, value)).Check()).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Server=db;User Id=u", "ConnectionStrings:orders names no Database")]
    [InlineData("Database=orders", "ConnectionStrings:orders names no Server")]
    [InlineData("Server=db;Pasword=secret-1", "ConnectionStrings:orders cannot be read")]
    public void A_connection_string_says_server_and_database_and_is_never_repeated(string text, string expected)
    {
        var error = Assert.Throws<InvalidOperationException>(() => OnServer(("ConnectionStrings:orders", text)).OptionsOf("orders"));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-1", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_without_a_connection_string_is_named() =>
        Assert.Contains(
            "ConnectionStrings:shipments is missing",
            Assert.Throws<InvalidOperationException>(() => OnServer(("ConnectionStrings:orders", Server)).OptionsOf("shipments")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void The_password_may_be_in_a_file_and_is_never_printed()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "password");
        File.WriteAllText(file, "secret-2\n");
        var storage = OnServer(("ConnectionStrings:orders", Server), ("Storage:SqlServer:PasswordFile", file), ("Storage:SqlServer:CommandTimeoutSeconds", "7"));
        storage.Check();
        var options = storage.OptionsOf("orders");
        Assert.Equal("secret-2", new SqlConnectionStringBuilder(options.SqlServer!.ConnectionString).Password);
        Assert.Equal(TimeSpan.FromSeconds(7), options.SqlServer.CommandTimeout);
        Assert.DoesNotContain("secret-2", options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_a_database_is_the_default()
    {
        var storage = From();
        storage.Check();
        Assert.Null(storage.OptionsOf("orders").SqlServer);
    }

    private static StorageOptions OnServer(params (string Key, string Value)[] settings) => From([("Storage:Provider", "SqlServer"), .. settings]);

    private static StorageOptions From(params (string Key, string Value)[] settings) => StorageOptions.From(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build());
}
