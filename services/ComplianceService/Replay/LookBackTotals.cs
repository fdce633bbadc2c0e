using Google.Protobuf.Collections;
using Google.Type;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Replay;

/// <summary>What a look back counts. Values of different currencies are never summed.</summary>
internal static class LookBackTotals
{
    public static void Add(V1.ScanDispatchedResponse totals, V1.LookBackRow? row)
    {
        totals.Scanned++;
        if (row is null)
            return;
        if (row.State == V1.LookBackRow.Types.State.Covered)
        {
            totals.Covered++;
            return;
        }

        totals.Exposed++;
        totals.ExposedUnits += row.Quantity;
        AddValue(totals.ExposedValues, row.Value);
        foreach (var rule in row.ExposedRules)
        {
            var entry = totals.Rules.FirstOrDefault(one => one.Rule == rule);
            if (entry is null)
                totals.Rules.Insert(
                    totals.Rules.Count(one => string.CompareOrdinal(one.Rule, rule) < 0),
                    entry = new V1.ScanDispatchedResponse.Types.RuleExposure { Rule = rule });
            entry.Shipments++;
            entry.Units += row.Quantity;
            AddValue(entry.Values, row.Value);
        }
    }

    private static void AddValue(RepeatedField<Money> sums, Money? value)
    {
        if (value is null)
            return;
        var sum = sums.FirstOrDefault(one => one.CurrencyCode == value.CurrencyCode);
        if (sum is null)
        {
            sums.Add(value.Clone());
            return;
        }

        const int NanosPerUnit = 1_000_000_000;
        var nanos = (long)sum.Nanos + value.Nanos;
        sum.Units += value.Units + (nanos / NanosPerUnit);
        sum.Nanos = (int)(nanos % NanosPerUnit);
    }
}
