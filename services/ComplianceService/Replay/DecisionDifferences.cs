using System.Collections;
using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using V1 = OrderTracking.Compliance.V1;
using Difference = OrderTracking.Compliance.V1.DecisionReplay.Types.Difference;
using Kind = OrderTracking.Compliance.V1.DecisionReplay.Types.Difference.Types.Kind;

namespace OrderTracking.ComplianceService.Replay;

/// <summary>Names what two decisions do not have in common, field by field.</summary>
internal static class DecisionDifferences
{
    public const int DifferencesMax = 100;

    private static readonly Dictionary<string, Kind> Kinds = new(StringComparer.Ordinal)
    {
        ["engine_version"] = Kind.EngineVersionDiffers,
        ["rules_digest"] = Kind.RulesDigestDiffers,
        ["catalogue_digest"] = Kind.CatalogueDigestDiffers,
        ["lists_digest"] = Kind.ListsDigestDiffers,
        ["facts"] = Kind.FactsDiffer,
        ["facts_digest"] = Kind.FactsDiffer,
        ["item_facts_source"] = Kind.ItemSourceDiffers,
        ["governing_amendments"] = Kind.GoverningAmendmentsDiffer,
        ["findings"] = Kind.FindingsDiffer,
        ["outcome"] = Kind.OutcomeDiffers,
        ["notices"] = Kind.NoticesDiffer,
    };

    /// <summary>By kind, then by field; not empty, since the bytes of the two differ.</summary>
    public static IReadOnlyList<Difference> Of(V1.Decision stored, V1.Decision replayed)
    {
        var found = new List<Difference>();
        foreach (var field in V1.Decision.Descriptor.Fields.InFieldNumberOrder())
            OfField(field, field.Name, stored, replayed, (path, one, other) => found.Add(
                new Difference { Kind = Kinds.GetValueOrDefault(field.Name, Kind.RecordDiffers), Field = path, Stored = one, Replayed = other }));
        if (found.Count == 0)
            found.Add(new Difference { Kind = Kind.RecordDiffers, Field = "(unknown to this version)" });
        return [.. found.OrderBy(one => one.Kind).ThenBy(one => one.Field, StringComparer.Ordinal).Take(DifferencesMax)];
    }

    private static void OfField(FieldDescriptor field, string path, IMessage one, IMessage other, Action<string, string, string> add)
    {
        if (field.IsRepeated)
            OfList(path, (IList)field.Accessor.GetValue(one), (IList)field.Accessor.GetValue(other), add);
        else
            OfValue(path, Value(field, one), Value(field, other), add);
    }

    private static void OfList(string path, IList one, IList other, Action<string, string, string> add)
    {
        for (var index = 0; index < Math.Max(one.Count, other.Count); index++)
            OfValue(
                string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"),
                index < one.Count ? one[index] : null,
                index < other.Count ? other[index] : null,
                add);
    }

    private static void OfValue(string path, object? one, object? other, Action<string, string, string> add)
    {
        if (Equals(one, other))
            return;
        if (one is IMessage left && other is IMessage right)
            foreach (var field in left.Descriptor.Fields.InFieldNumberOrder())
                OfField(field, $"{path}.{field.Name}", left, right, add);
        else
            add(path, Text(one), Text(other));
    }

    private static object? Value(FieldDescriptor field, IMessage message) =>
        field.HasPresence && !field.Accessor.HasValue(message) ? null : field.Accessor.GetValue(message);

    private static string Text(object? value) => value switch
    {
        null => "",
        IMessage message => JsonFormatter.Default.Format(message),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
