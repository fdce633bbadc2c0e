using OrderTracking.ComplianceService.Screening;
using YamlDotNet.RepresentationModel;

namespace OrderTracking.ComplianceService.Rules.Parsing;

/// <summary>Places: a country, a group or a named set; a list of them; or a mapping of include and except.</summary>
internal sealed class PlaceParser(RuleText text, Vocabulary vocabulary)
{
    public PlaceSet Read(YamlNode node, string key, bool readAsStated = false)
    {
        if (node is not YamlMappingNode)
            return new PlaceSet("", "", Terms(node, key, readAsStated), []);
        if (Fields.Of(text, node, $"'{key}'", "include", "except") is not { } fields)
            return new PlaceSet("", "", [], []);
        return Read(fields, "", "", readAsStated);
    }

    /// <summary>A definition: a named set with a label an officer can read.</summary>
    public PlaceSet ReadNamed(YamlNode node, string name)
    {
        if (Fields.Of(text, node, $"places '{name}'", "label", "include", "except") is not { } fields)
            return new PlaceSet(name, "", [], []);
        return Read(fields, name, fields.Words("label"), readAsStated: false);
    }

    /// <summary>A set that is nothing but one named set is that set, so that explanations use its name.</summary>
    public static PlaceSet Simplified(PlaceSet places) =>
        places is { Name: "", Except.Count: 0, Include: [{ Set: { } named }] } ? named : places;

    private PlaceSet Read(Fields fields, string name, string label, bool readAsStated)
    {
        var include = fields.Require("include") is { } included ? Terms(included, "include", readAsStated) : [];
        var except = fields.Find("except") is { } excepted ? Terms(excepted, "except", readAsStated) : [];
        return new PlaceSet(name, label, include, except);
    }

    private List<PlaceTerm> Terms(YamlNode node, string key, bool readAsStated)
    {
        var terms = new List<PlaceTerm>();
        foreach (var (value, entry) in Fields.Texts(text, node, key))
            if (Term(value, entry, readAsStated) is { } term)
                terms.Add(term);
        return terms;
    }

    private PlaceTerm? Term(string value, YamlNode node, bool readAsStated)
    {
        if (value == "HK" && !readAsStated)
            text.Refuse(node, "HK is read as CN in a decision, so HK would never be met; name CN");
        else if (Countries.IsKnown(value))
            return new PlaceTerm(value, null, null);
        else if (vocabulary.Places.TryGetValue(value, out var set))
            return new PlaceTerm(null, null, set);
        else if (vocabulary.Groups.Contains(value))
            return new PlaceTerm(null, value, null);
        else if (value.Contains(':'))
            text.Refuse(node, $"unknown group '{value}'");
        else
            text.Refuse(node, $"'{value}' is neither a country of ISO 3166-1, nor a group, nor a defined set of places");
        return null;
    }
}
