using OrderTracking.Contracts;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Impact;

/// <summary>A row of the table impact_rows.</summary>
internal sealed class ImpactRow
{
    public const string Tightened = "TIGHTENED";
    public const string Loosened = "LOOSENED";
    public const char RuleSeparator = ',';

    public long Seq { get; init; }

    public Guid JobId { get; set; }

    public long RowNumber { get; set; }

    public string Direction { get; init; } = "";

    public string OutcomeBefore { get; init; } = "";

    public string OutcomeAfter { get; init; } = "";

    public string RulesBefore { get; init; } = "";

    public string RulesAfter { get; init; } = "";

    public string Shipment { get; init; } = "";

    public string OrderName { get; init; } = "";

    public string Customer { get; init; } = "";

    public string CustomerCountry { get; init; } = "";

    public string PartNumber { get; init; } = "";

    public string Family { get; init; } = "";

    public string DestinationCountry { get; init; } = "";

    public DateOnly ShipDate { get; init; }

    public long Units { get; init; }

    public long? ValueMinorUnits { get; init; }

    public string Currency { get; init; } = "";

    public string Standing { get; init; } = "";

    public MoneyAmount? Value => ValueMinorUnits is { } amount ? new MoneyAmount(Currency, amount) : null;

    public V1.ImpactRow ToMessage()
    {
        var message = new V1.ImpactRow
        {
            Row = RowNumber,
            Direction = DirectionOf(Direction),
            OutcomeBefore = OutcomeOf(OutcomeBefore),
            OutcomeAfter = OutcomeOf(OutcomeAfter),
            Shipment = Shipment,
            Order = OrderName,
            Customer = Customer,
            CustomerCountry = CustomerCountry,
            PartNumber = PartNumber,
            Family = Family,
            DestinationCountry = DestinationCountry,
            ShipDate = WireDate.Of(ShipDate),
            Units = Units,
            Value = Value is { } value ? WireMoney.Of(value) : null,
            Standing = Standing,
        };
        message.RulesBefore.AddRange(Split(RulesBefore));
        message.RulesAfter.AddRange(Split(RulesAfter));
        return message;
    }

    public static V1.ImpactRow.Types.Direction DirectionOf(string direction) =>
        direction == Tightened ? V1.ImpactRow.Types.Direction.Tightened : V1.ImpactRow.Types.Direction.Loosened;

    private static V1.Outcome OutcomeOf(string outcome) => Screening.WireCodes.Of(Codes<Screening.Outcome>.Parse(outcome));

    private static string[] Split(string rules) => rules.Split(RuleSeparator, StringSplitOptions.RemoveEmptyEntries);
}
