using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.Types.V1;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Registers;

/// <summary>Short ways to ask over gRPC, and to read what was refused.</summary>
internal static class Asked
{
    public static Google.Type.Date Day(string date) => Day(DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture));

    public static Google.Type.Date Day(DateOnly date) => new() { Year = date.Year, Month = date.Month, Day = date.Day };

    public static Party EndUser(string country, string name = "Aurora Systems") => new()
    {
        Role = PartyRole.EndUser,
        Name = name,
        Country = country,
        HeadquartersCountry = country,
        UltimateParent = new UltimateParent { Country = country },
    };

    public static CheckShipmentRequest Check(string partNumber, string destination, string shipDate, DateTimeOffset? knownAt = null) =>
        new()
    {
        Facts = new ShipmentFacts
        {
            Item = new Item { PartNumber = partNumber },
            Exporter = "NVIDIA",
            PlaceOfExport = new PlaceOfExport { Country = "US", TimeZone = "America/Los_Angeles" },
            DestinationCountry = destination,
            Movement = Movement.Export,
            Parties = { EndUser(destination) },
            ShipDate = Day(shipDate),
        },
        KnownAt = knownAt is { } instant ? Timestamp.FromDateTimeOffset(instant) : null,
    };

    /// <summary>outcome rule:policy rule:EFFECT, as the cases file writes it.</summary>
    public static string Written(Decision decision) =>
        $"{Code(decision.Outcome)} {string.Join(' ', decision.Findings.Select(finding => $"{finding.Rule}:{(finding.Effect == Effect.LicenceRequired ? Code(finding.ReviewPolicy) : Code(finding.Effect))}"))}";

    /// <summary>The refusal's reason, after checking that it is the only one and of this domain.</summary>
    public static string Reason(RpcException error)
    {
        var infos = error.GetRpcStatus()!.Details.Where(detail => detail.Is(ErrorInfo.Descriptor)).Select(detail => detail.Unpack<ErrorInfo>()).ToList();
        var info = Assert.Single(infos);
        Assert.Equal("ordertracking", info.Domain);
        return info.Reason;
    }

    public static async Task<RpcException> Refused(StatusCode code, string reason, Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal($"{code} {reason}", $"{error.StatusCode} {Reason(error)}");
        return error;
    }

    /// <summary>field:REASON of every violation.</summary>
    public static IReadOnlyList<string> Fields(RpcException error) =>
        [.. error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(violation => $"{violation.Field}:{violation.Reason}")];

    private static string Code<T>(T member)
        where T : struct, System.Enum => ComplianceService.Rules.Canonical.Code(member.ToString());
}
