using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Licences;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Tests.Registers;
using OrderTracking.ComplianceService.Tests.Screening;
using OrderTracking.Contracts;
using Licence = OrderTracking.Compliance.V1.Licence;
using LicenceLine = OrderTracking.Compliance.V1.LicenceLine;
using LicenceParty = OrderTracking.Compliance.V1.LicenceParty;

namespace OrderTracking.ComplianceService.Tests.Licences;

/// <summary>A licence of 100 H20 worth up to USD 5,000 and 1,000 of the family L20 for one party in China, and uses of it.</summary>
internal static class LicenceOfTests
{
    public const string Rule = "US-2025-04-NVIDIA-LETTER";

    public static Licence Message(string number) => new()
    {
        Number = number,
        Authority = "BIS",
        Licensee = "NVIDIA",
        Rules = { Rule },
        Lines =
        {
            new LicenceLine { PartNumber = "H20", Quantity = 100, Value = new Google.Type.Money { CurrencyCode = "USD", Units = 5_000 } },
            new LicenceLine { Family = "L20", Quantity = 1_000 },
        },
        Parties = { new LicenceParty { Name = "ByteDance Ltd", Country = "CN" } },
        DestinationCountries = { "CN" },
        ValidFrom = Asked.Day("2025-04-01"),
        ValidTo = Asked.Day("2099-12-31"),
    };

    public static LicenceUse Use(long quantity, long? cents, Guid? shipment = null, string part = "H20") => new(
        shipment ?? Guid.CreateVersion7(DateTimeOffset.UnixEpoch), Rule, part, part, "NVIDIA",
        [new Party(PartyRole.EndUser, "ByteDance Ltd", "CN", "CN", UltimateParent.None)], "CN", quantity,
        cents is { } minor ? new MoneyAmount("USD", minor) : null,
        Pack.Day("2025-05-01"), Pack.Day("2025-05-01"));
}
