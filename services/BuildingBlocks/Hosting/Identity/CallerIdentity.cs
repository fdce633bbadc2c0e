using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.BuildingBlocks.Hosting.Identity;

/// <summary>Checks the tokens of callers, and gives this process tokens of its own.</summary>
internal static class CallerIdentity
{
    private const string AuthenticationIsAdded = "__AuthenticationMiddlewareSet";
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    // Signatures that only the provider can make. One made with a shared secret could be made with its public key as well.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    public static void AddCallerIdentity(this IServiceCollection services, SecurityOptions options, string dataDirectory)
    {
        services.AddSingleton(options);
        services.AddSingleton(new RememberedCallers(TimeProvider.System));
        if (options.IsOidc)
            AddOidc(services, options.Oidc);
        else
            AddDevelopment(services, new DevelopmentTokens(dataDirectory));
    }

    /// <summary>
    /// Identifies callers. In the mode Development what did not come over the loopback is cut off, whatever opened the port it came by.
    /// </summary>
    public static void UseCallerIdentity(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<SecurityOptions>().IsOidc)
            app.Use(LoopbackOnly);
        // ASP.NET Core would put its own in front, which checks every token of every call.
        ((IApplicationBuilder)app).Properties[AuthenticationIsAdded] = true;
        app.Use(app.Services.GetRequiredService<RememberedCallers>().Identify);
    }

    /// <summary>Stops the start of a process that calls others and has no account to do so.</summary>
    /// <exception cref="InvalidOperationException">In the mode Oidc without an account.</exception>
    public static void RequireAccount(IServiceCollection services, string subject)
    {
        var options = services.Select(service => service.ImplementationInstance).OfType<SecurityOptions>().SingleOrDefault();
        if (options is { IsOidc: true, Service.ClientId.Length: 0 })
            throw new InvalidOperationException(
                $"{ServiceAccountOptions.ClientIdKey} is '', and {subject} calls other services; allowed is a client of the OpenID provider with its secret.");
    }

    private static void AddDevelopment(IServiceCollection services, DevelopmentTokens tokens)
    {
        services.AddSingleton(tokens);
        services.AddSingleton<IServiceTokens, DevelopmentServiceTokens>();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(bearer =>
        {
            bearer.MapInboundClaims = false;
            bearer.TokenValidationParameters = tokens.Validation;
            bearer.TimeProvider = TimeProvider.System;
        });
    }

    private static void AddOidc(IServiceCollection services, OidcOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<OidcHttp>();
        services.AddSingleton<OidcKeys>();
        services.AddSingleton<IServiceTokens, OidcServiceTokens>();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<OidcKeys, ILogger<OidcKeys>>((bearer, keys, logger) =>
        {
            bearer.MapInboundClaims = false;
            bearer.RequireHttpsMetadata = options.RequireHttps;
            bearer.ConfigurationManager = keys;
            bearer.TimeProvider = TimeProvider.System;
            bearer.TokenValidationParameters = Validation(options);
            bearer.Events = new JwtBearerEvents
            {
                OnTokenValidated = context => Accept(context, options),
                OnAuthenticationFailed = context =>
                {
                    Log.TokenRefused(logger, context.Exception);
                    return Task.CompletedTask;
                },
            };
        });
    }

    private static TokenValidationParameters Validation(OidcOptions options) => new()
    {
        ValidAudience = options.Audience,
        ValidAlgorithms = Algorithms,
        ClockSkew = ClockSkew,
        NameClaimType = Actor.SubjectClaim,
        RoleClaimType = Actor.RolesClaim,
    };

    private static Task Accept(TokenValidatedContext context, OidcOptions options)
    {
        if (context.Principal?.Identity is ClaimsIdentity token && OidcIdentity.Of(token, options) is { } identity)
            context.Principal = new ClaimsPrincipal(identity);
        else
            context.Fail($"The token has no '{options.SubjectClaim}', or is no access token.");
        return Task.CompletedTask;
    }

    private static Task LoopbackOnly(HttpContext context, RequestDelegate next)
    {
        // A socket file has no address; who may open it is nobody's to say here.
        if (context.Connection.LocalIpAddress is { } local && System.Net.IPAddress.IsLoopback(local))
            return next(context);
        context.Abort();
        return Task.CompletedTask;
    }
}
