using System.Text.RegularExpressions;
using OrderTracking.ComplianceService.Screening;
using YamlDotNet.RepresentationModel;

namespace OrderTracking.ComplianceService.Rules.Parsing;

/// <summary>What a condition may look at: an item test only the item, a scope only the shipment, a policy both.</summary>
[Flags]
internal enum Sight
{
    Item = 1,
    Shipment = 2,
    Both = Item | Shipment,
}

/// <summary>A condition is a mapping of exactly one key: all_of, any_of, not, or one comparison.</summary>
internal sealed partial class ConditionParser(RuleText text, Vocabulary vocabulary)
{
    private const int NodesMax = 256;

    private readonly PlaceParser places = new(text, vocabulary);
    private int nodes;

    public Condition? Read(YamlNode node, Sight sight, string what)
    {
        if (++nodes == NodesMax + 1)
            text.Refuse(node, $"more than {NodesMax} conditions in one text");
        if (node is YamlScalarNode { Value: "any" })
            return Anything.Instance;
        if (node is not YamlMappingNode { Children.Count: 1 } mapping)
        {
            text.Refuse(node, $"{what} is 'any' or a mapping of one key; join several conditions with all_of or any_of");
            return null;
        }

        var (key, value) = mapping.Children.First();
        return (key as YamlScalarNode)?.Value switch
        {
            "all_of" => Many(value, sight, "all_of") is { } parts ? new AllOf(parts) : null,
            "any_of" => Many(value, sight, "any_of") is { } parts ? new AnyOf(parts) : null,
            "not" => Read(value, sight, "'not'") is { } part ? new Not(part) : null,
            { } name => Leaf(key, name, value, sight, what),
            null => Refused(key, $"{what} has a key that is no text"),
        };
    }

    private Condition[]? Many(YamlNode node, Sight sight, string key)
    {
        if (node is not YamlSequenceNode { Children.Count: > 0 } sequence)
        {
            text.Refuse(node, $"'{key}' is a list of at least one condition");
            return null;
        }

        var parts = new List<Condition>();
        foreach (var child in sequence.Children)
            if (Read(child, sight, $"a condition of '{key}'") is { } part)
                parts.Add(part);
        return parts.Count == sequence.Children.Count ? [.. parts] : null;
    }

    private Condition? Leaf(YamlNode key, string name, YamlNode value, Sight sight, string what)
    {
        var item = name is "test" or "family" or "sum" or FactNames.DesignedForDataCenter || FactNames.Find(name) is not null;
        var shipment = name is "exporter" or "destination" or "headquarters" or "place_of_export" or "movement" or "listed_owner_share";
        if (!item && !shipment)
            return Refused(key, $"unknown fact or key '{name}' in {what}");
        if (item && !sight.HasFlag(Sight.Item))
            return Refused(key, $"'{name}' is a fact of the item and stands in {what}, which looks at the shipment only");
        if (shipment && !sight.HasFlag(Sight.Shipment))
            return Refused(key, $"'{name}' is a fact of the shipment and stands in {what}, which looks at the item only");
        return item ? ItemLeaf(name, value) : ShipmentLeaf(name, value);
    }

    private Condition? ItemLeaf(string name, YamlNode value)
    {
        if (FactNames.Find(name) is { } fact)
            return Fields.Of(text, value, $"'{name}'", ThresholdParser.Keys) is { } bounds
                ? ThresholdParser.Read(text, bounds, [fact])
                : null;
        return name switch
        {
            "test" => Test(value),
            "sum" => Sum(value),
            "family" => new FamilyIn([.. Fields.Texts(text, value, name).Select(family => family.Value)]),
            _ => Fields.Scalar(text, value, name) switch
            {
                "true" => new DesignedForDataCenter(true),
                "false" => new DesignedForDataCenter(false),
                _ => Refused(value, $"'{name}' is true or false"),
            },
        };
    }

    private Condition? ShipmentLeaf(string name, YamlNode value) => name switch
    {
        "destination" => new DestinationIn(PlaceParser.Simplified(places.Read(value, name))),
        "headquarters" => new HeadquartersMeet(PlaceParser.Simplified(places.Read(value, name))),
        "place_of_export" => new PlaceOfExportIn(PlaceParser.Simplified(places.Read(value, name, readAsStated: true))),
        "exporter" => Exporter(value),
        "movement" => Moved(value),
        _ => Share(value),
    };

    private Condition? Test(YamlNode node)
    {
        if (Fields.Scalar(text, node, "test") is not { } name)
            return null;
        return vocabulary.Tests.GetValueOrDefault(name) ?? Refused(node, $"unknown item test '{name}'");
    }

    private Condition? Sum(YamlNode node)
    {
        if (Fields.Of(text, node, "'sum'", ["of", .. ThresholdParser.Keys]) is not { } fields || fields.Require("of") is not { } of)
            return null;
        var facts = new List<NumericFact>();
        foreach (var (value, entry) in Fields.Texts(text, of, "of"))
            if (FactNames.Find(value) is { } fact)
                facts.Add(fact);
            else
                text.Refuse(entry, $"unknown fact '{value}' in a sum");
        if (facts.Count < 2 || facts.Select(FactNames.Unit).Distinct().Count() > 1)
            return Refused(of, "a sum adds two or more facts of one unit");
        return ThresholdParser.Read(text, fields, [.. facts]);
    }

    private ExporterIn Exporter(YamlNode node)
    {
        var exporters = Fields.Texts(text, node, "exporter");
        foreach (var (value, entry) in exporters)
            if (!ExporterId().IsMatch(value))
                text.Refuse(entry, $"'{value}' is no exporter id: upper-case letters, digits and hyphens");
        return new ExporterIn([.. exporters.Select(exporter => exporter.Value)]);
    }

    private MovementIn Moved(YamlNode node)
    {
        var movements = new List<Movement>();
        foreach (var (value, entry) in Fields.Texts(text, node, "movement"))
            if (Codes.Find<Movement>(value) is { } movement)
                movements.Add(movement);
            else
                text.Refuse(entry, $"unknown movement '{value}'; known are {Codes.List<Movement>()}");
        return new MovementIn([.. movements]);
    }

    private Condition? Share(YamlNode node)
    {
        if (Fields.Of(text, node, "'listed_owner_share'", "at_least") is not { } fields || fields.Require("at_least") is not { } bound)
            return null;
        if (ThresholdParser.Number(text, bound, "at_least", "%") is not { } percent)
            return null;
        return percent is > 0m and <= 100m
            ? new ListedOwnerShareAtLeast(percent)
            : Refused(bound, "a share is more than 0 % and at most 100 %");
    }

    private Condition? Refused(YamlNode node, string reason)
    {
        text.Refuse(node, reason);
        return null;
    }

    [GeneratedRegex("^[A-Z0-9][A-Z0-9-]{0,62}$")]
    private static partial Regex ExporterId();
}
