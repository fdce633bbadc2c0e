using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace OrderTracking.TestIssuer;

/// <summary>
/// A small OpenID provider for tests: metadata, keys, client credentials, and any token a test wants. It can rotate its keys and go
/// down. Whoever reaches it can be anybody.
/// </summary>
public sealed class Issuer : IAsyncDisposable
{
    private static readonly TimeProvider Clock = TimeProvider.System;
    private readonly IssuerKeys _keys = new();
    private readonly IssuerOptions _options;
    private WebApplication? _app;
    private int _port;

    private Issuer(IssuerOptions options) => (_options, _port) = (options, options.Port);

    /// <summary>Its address, which is the issuer of its tokens.</summary>
    public string Authority { get; private set; } = "";

    /// <summary>Whom its tokens are for unless told otherwise.</summary>
    public string Audience => _options.Audience;

    /// <summary>How often each path was asked for, while it was up.</summary>
    public RequestCounts Requests { get; } = new();

    /// <summary>Answers the token endpoint with this status instead; null: as usual.</summary>
    public int? TokenEndpointFails { get; set; }

    /// <summary>The lifetime of the tokens of client credentials.</summary>
    public TimeSpan ClientTokenLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The secrets of the clients that may use client credentials.</summary>
    public IDictionary<string, string> Clients => _options.Clients;

    /// <summary>Starts one.</summary>
    /// <param name="options">Null: a free port of the loopback.</param>
    public static async Task<Issuer> Start(IssuerOptions? options = null)
    {
        var issuer = new Issuer(options ?? new IssuerOptions());
        await issuer.ComeBack();
        return issuer;
    }

    /// <summary>A token as sketched.</summary>
    public string Mint(TokenSketch sketch)
    {
        var now = Clock.GetUtcNow().UtcDateTime;
        var claims = new Dictionary<string, object>
        {
            ["jti"] = Guid.CreateVersion7(Clock.GetUtcNow()).ToString("D"),
            ["roles"] = sketch.Roles,
            ["realm_access"] = new Dictionary<string, object> { ["roles"] = sketch.Roles },
        };
        if (sketch.Subject is { } subject)
            claims["sub"] = subject;
        if (sketch.Client is { } client)
            claims["azp"] = client;
        foreach (var (name, value) in sketch.Claims)
            claims[name] = value;
        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = sketch.Issuer ?? Authority,
            Audience = sketch.Audience ?? Audience,
            IssuedAt = now,
            NotBefore = now + sketch.ValidFrom,
            Expires = sketch.ValidUntil is { } until ? now + until : null,
            Claims = claims,
            SigningCredentials = _keys.Credentials(sketch.Signing),
        });
        return sketch.Signing == Signing.Tampered ? Tamper(token) : token;
    }

    /// <summary>A good token of these roles.</summary>
    public string Mint(string subject, params string[] roles) => Mint(new TokenSketch { Subject = subject, Roles = roles });

    /// <summary>Signs with a new key from now on.</summary>
    public void RotateKey(bool keepOld = true) => _keys.Rotate(keepOld);

    /// <summary>Nobody answers at its address any more.</summary>
    public async Task GoDown()
    {
        if (_app is not { } app)
            return;
        _app = null;
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    /// <summary>Answers at its address.</summary>
    public async Task ComeBack()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server => server.Listen(_options.Address, _port));
        builder.Services.AddRouting().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        _app = builder.Build();
        _app.UseRouting();
        Map(_app);
        await _app.StartAsync();
        var bound = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        _port = bound.Port;
        var host = IPAddress.IsLoopback(_options.Address) ? IPAddress.Loopback.ToString() : bound.Host;
        Authority = _options.Authority ?? $"http://{host}:{_port}";
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await GoDown();

    private void Map(WebApplication app)
    {
        // Below whatever path the authority has, as realms of a provider are.
        var path = _options.Authority is { } authority ? new Uri(authority).AbsolutePath.TrimEnd('/') : "";
        app.MapGet($"{path}/.well-known/openid-configuration", () => Counted("metadata", () => Results.Json(Metadata())));
        app.MapGet($"{path}/keys", () => Counted("keys", () => Results.Text(_keys.Published(), "application/json")));
        app.MapPost($"{path}/token", async context => await (await Grant(context.Request)).ExecuteAsync(context));
        app.MapPost($"{path}/mint", async context => await (await MintForAnybody(context.Request)).ExecuteAsync(context));
    }

    private Dictionary<string, object> Metadata() => new()
    {
        ["issuer"] = Authority,
        ["jwks_uri"] = $"{Authority}/keys",
        ["token_endpoint"] = $"{Authority}/token",
        ["authorization_endpoint"] = $"{Authority}/authorize",
        ["response_types_supported"] = new[] { "code" },
        ["subject_types_supported"] = new[] { "public" },
        ["id_token_signing_alg_values_supported"] = new[] { "RS256", "ES256" },
        ["grant_types_supported"] = new[] { "client_credentials" },
        ["token_endpoint_auth_methods_supported"] = new[] { "client_secret_basic", "client_secret_post" },
    };

    private async Task<IResult> Grant(HttpRequest request)
    {
        Requests.Count("token");
        if (TokenEndpointFails is { } status)
            return Results.StatusCode(status);
        var form = await request.ReadFormAsync();
        var (client, secret) = Basic.Of(request) ?? (form["client_id"].ToString(), form["client_secret"].ToString());
        if (form["grant_type"] != "client_credentials")
            return Results.Json(new { error = "unsupported_grant_type" }, statusCode: StatusCodes.Status400BadRequest);
        if (!Clients.TryGetValue(client, out var expected) || expected != secret)
            return Results.Json(new { error = "invalid_client" }, statusCode: StatusCodes.Status401Unauthorized);
        var token = Mint(new TokenSketch { Subject = $"service-account-{client}", Client = client, ValidUntil = ClientTokenLifetime });
        return Results.Json(new { access_token = token, token_type = "Bearer", expires_in = (int)ClientTokenLifetime.TotalSeconds });
    }

    // Where people would sign in: form fields subject and role, which may be repeated.
    private async Task<IResult> MintForAnybody(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        return Results.Text(Mint(form["subject"].ToString(), [.. form["role"].OfType<string>()]));
    }

    private IResult Counted(string what, Func<IResult> answer)
    {
        Requests.Count(what);
        return answer();
    }

    private static string Tamper(string token)
    {
        var at = token.LastIndexOf('.') + 10;
        return string.Concat(token.AsSpan(0, at), token[at] == 'A' ? "B" : "A", token.AsSpan(at + 1));
    }
}
