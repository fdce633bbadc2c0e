using System.Text.RegularExpressions;
using Xunit;

namespace OrderTracking.Deployment.Tests.Compose;

/// <summary>Secrets are files that are made on the machine; none is in what the repository holds.</summary>
public sealed partial class SecretTests
{
    [Fact]
    public void No_file_holds_what_looks_like_a_secret()
    {
        var files = Directory.EnumerateFiles(Repository.Deploy, "*", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/secrets/", StringComparison.Ordinal))
            .Concat(Directory.EnumerateFiles(Repository.Of("services"), "Dockerfile", SearchOption.AllDirectories))
            .Append(Repository.Of("docker-compose.yml")).Append(Repository.Of(".env.example")).ToList();
        Assert.True(files.Count > 15);
        Assert.Empty(files.SelectMany(file => Secrets(File.ReadAllText(file)).Select(found => $"{file}: {found}")));
    }

    [Theory]
    [InlineData("MSSQL_SA_PASSWORD: Passw0rd!")]
    [InlineData("  \"secret\": \"correct-horse\",")]
    [InlineData("Server=sql;User Id=sa;Password=hunter22")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("token = 0123456789abcdef0123456789abcdef0123456789")]
    public void What_looks_like_one_is_seen(string text) => Assert.NotEmpty(Secrets(text));

    [Theory]
    [InlineData("Security__Service__ClientSecretFile: /run/secrets/client-secret")]
    [InlineData("\"secret\": \"${ORDERS_CLIENT_SECRET}\"")]
    [InlineData("MSSQL_SA_PASSWORD=$$(cat /run/secrets/sqlserver-sa-password)")]
    public void What_names_a_file_or_a_variable_is_none(string text) => Assert.Empty(Secrets(text));

    [Fact]
    public async Task Every_secret_the_compose_file_reads_is_made_once_and_readable_in_the_containers_alone()
    {
        var parent = Directory.CreateTempSubdirectory("ordertracking-");
        try
        {
            var directory = Path.Combine(parent.FullName, "secrets");
            (await Tool.Run(Repository.Of("services", "deploy", "make-secrets"), directory)).Succeeded();
            var read = ComposeFile.Read().Secrets.Values.Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
            var passwords = read.Where(name => name.EndsWith("-password", StringComparison.Ordinal)).Select(name => File.ReadAllText(Path.Combine(directory, name))).ToList();
            Assert.Equal(read, Directory.EnumerateFiles(directory).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
            Assert.Equal(passwords.Count, passwords.Distinct().Count());
            Assert.All(passwords, password => Assert.True(password.Length >= 48));
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory));
            var again = await Tool.Run(Repository.Of("services", "deploy", "make-secrets"), directory);
            Assert.NotEqual(0, again.ExitCode);
            (await Tool.Run("openssl", "verify", "-CAfile", Path.Combine(directory, "authority.pem"), "-verify_hostname", "shipments", Path.Combine(directory, "shipments.pem"))).Succeeded();
            Assert.NotEqual(0, (await Tool.Run("openssl", "verify", "-CAfile", Path.Combine(directory, "authority.pem"), "-verify_hostname", "orders", Path.Combine(directory, "shipments.pem"))).ExitCode);
        }
        finally
        {
            parent.Delete(recursive: true);
        }
    }

    private static IEnumerable<string> Secrets(string text) =>
        Assigned().Matches(text).Select(match => match.Value)
            .Concat(PrivateKey().Matches(text).Select(match => match.Value))
            .Concat(Random().Matches(text).Select(match => match.Value));

    // A name that ends in one of these words, and a value that is neither a variable, a substitution nor a path.
    [GeneratedRegex(@"(?i)(?:password|passwd|secret|token|api_?key)""?\s*[:=]\s*(?!N?['""]?[$/{\[(,;\s])[^\s;,]{6,}")]
    private static partial Regex Assigned();

    [GeneratedRegex("-----BEGIN [A-Z ]*PRIVATE KEY-----")]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"\b[0-9a-f]{40,}\b|\b[A-Za-z0-9+/]{60,}={0,2}\b")]
    private static partial Regex Random();
}
