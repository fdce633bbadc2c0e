using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.BuildingBlocks.Hosting;

/// <summary>
/// Mints and checks the tokens of Security:Mode=Development. The key is a file in the data directory that only its owner can read;
/// who can read it can be anybody, so this mode serves the loopback only.
/// </summary>
public sealed class DevelopmentTokens
{
    /// <summary>Who issues the tokens.</summary>
    public const string Issuer = "ordertracking-development";

    /// <summary>Whom they are for.</summary>
    public const string Audience = "ordertracking";

    /// <summary>The longest lifetime of a token.</summary>
    public static readonly TimeSpan LifetimeMax = TimeSpan.FromDays(7);

    private const string KeyFile = "development-token.key";
    private const int KeyBytes = 32;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    // Tokens live by the wall clock: the simulated one of a demo must neither expire nor revive them.
    private static readonly TimeProvider Clock = TimeProvider.System;
    private readonly SymmetricSecurityKey _key;

    /// <summary>Reads the key, or makes it the first time.</summary>
    /// <param name="dataDirectory">The directory of the key file; created when missing.</param>
    public DevelopmentTokens(string dataDirectory)
    {
        Directory.CreateDirectory(dataDirectory);
        _key = new SymmetricSecurityKey(ReadOrCreate(Path.Combine(dataDirectory, KeyFile)));
    }

    /// <summary>Makes a token.</summary>
    /// <param name="subject">Who it is for.</param>
    /// <param name="roles">Its roles in lower case, such as <c>officer</c>.</param>
    /// <param name="lifetime">How long it is valid; above zero, at most <see cref="LifetimeMax"/>.</param>
    public string Mint(string subject, IEnumerable<string> roles, TimeSpan lifetime)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(subject);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lifetime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lifetime, LifetimeMax);
        var minted = Clock.GetUtcNow();
        var now = minted.UtcDateTime;
        var claims = roles.Select(role => new Claim(Actor.RolesClaim, role))
            .Append(new Claim(Actor.SubjectClaim, subject))
            .Append(new Claim(JwtRegisteredClaimNames.Jti, Guid.CreateVersion7(minted).ToString("D")));
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + lifetime,
            Subject = new ClaimsIdentity(claims),
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.HmacSha256),
        });
    }

    internal TokenValidationParameters Validation => new()
    {
        ValidIssuer = Issuer,
        ValidAudience = Audience,
        IssuerSigningKey = _key,
        ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
        ClockSkew = ClockSkew,
        NameClaimType = Actor.SubjectClaim,
        RoleClaimType = Actor.RolesClaim,
    };

    private static byte[] ReadOrCreate(string path)
    {
        if (File.Exists(path))
            return File.ReadAllBytes(path);
        // A name of its own until it is whole: a process killed here must not leave half a key. The process' number is not its own where
        // two containers share the directory.
        var draft = $"{path}.{Guid.CreateVersion7(Clock.GetUtcNow()):N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, options))
            file.Write(RandomNumberGenerator.GetBytes(KeyBytes));
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was first; its key counts.
            File.Delete(draft);
        }

        return File.ReadAllBytes(path);
    }
}
