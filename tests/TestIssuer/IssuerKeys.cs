using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace OrderTracking.TestIssuer;

/// <summary>The signing keys of the issuer, and those of people who are not it.</summary>
internal sealed class IssuerKeys
{
    private const int KeyBits = 2048;
    private readonly List<SecurityKey> _published = [];
    private RsaSecurityKey _rsa = NewRsa();
    private readonly ECDsaSecurityKey _elliptic = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "elliptic" };
    private readonly RsaSecurityKey _strange = NewRsa();

    public IssuerKeys() => _published.AddRange([_rsa, _elliptic]);

    /// <summary>Signs with a new key from now on.</summary>
    /// <param name="keepOld">False: the old key is withdrawn at once.</param>
    public void Rotate(bool keepOld)
    {
        var old = _rsa;
        _rsa = NewRsa();
        lock (_published)
        {
            _published.Add(_rsa);
            if (!keepOld)
                _published.Remove(old);
        }
    }

    public SigningCredentials? Credentials(Signing signing) => signing switch
    {
        Signing.None => null,
        Signing.WrongKey => new SigningCredentials(new RsaSecurityKey(_strange.Rsa) { KeyId = _rsa.KeyId }, SecurityAlgorithms.RsaSha256),
        Signing.UnknownKey => new SigningCredentials(_strange, SecurityAlgorithms.RsaSha256),
        Signing.PublicKeyAsSecret => new SigningCredentials(
            new SymmetricSecurityKey(Encoding.ASCII.GetBytes(_rsa.Rsa.ExportSubjectPublicKeyInfoPem())) { KeyId = _rsa.KeyId },
            SecurityAlgorithms.HmacSha256),
        Signing.EllipticKey => new SigningCredentials(_elliptic, SecurityAlgorithms.EcdsaSha256),
        _ => new SigningCredentials(_rsa, SecurityAlgorithms.RsaSha256),
    };

    /// <summary>The key set as it is published.</summary>
    public string Published()
    {
        lock (_published)
            return JsonSerializer.Serialize(new { keys = _published.Select(Describe).ToList() });
    }

    private static Dictionary<string, string> Describe(SecurityKey key)
    {
        var web = key is RsaSecurityKey rsa
            ? JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(rsa.Rsa.ExportParameters(includePrivateParameters: false)))
            : JsonWebKeyConverter.ConvertFromECDsaSecurityKey((ECDsaSecurityKey)key);
        return key is RsaSecurityKey
            ? new() { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = key.KeyId, ["n"] = web.N, ["e"] = web.E }
            : new() { ["kty"] = "EC", ["use"] = "sig", ["kid"] = key.KeyId, ["crv"] = web.Crv, ["x"] = web.X, ["y"] = web.Y };
    }

    private static RsaSecurityKey NewRsa() => new(RSA.Create(KeyBits)) { KeyId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)) };
}
