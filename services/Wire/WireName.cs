using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.Wire;

/// <summary>Resource names of the shape collection/{id}, the id a lower-case UUID.</summary>
public static class WireName
{
    /// <summary>Reads a resource name that must be given.</summary>
    /// <param name="collection">Its first segment, such as <c>orders</c>.</param>
    /// <returns>The id; null if the name was refused.</returns>
    public static Guid? Parse(string name, string collection, in FieldPath field, Violations violations)
    {
        if (TryParse(name, collection, out var id))
            return id;
        violations.Add(field, BuildingReasons.NameInvalid, name, $"{collection}/{{id}}, the id a lower-case UUID");
        return null;
    }

    /// <summary>Reads a resource name that must be given, where nothing else is checked beside it.</summary>
    /// <exception cref="Refusal">NAME_INVALID.</exception>
    public static Guid Require(string name, string collection, string field = "name")
    {
        var violations = new Violations();
        var id = Parse(name, collection, field, violations);
        violations.ThrowIfAny();
        return id!.Value;
    }

    /// <summary>Writes a resource name.</summary>
    public static string Of(string collection, Guid id) => $"{collection}/{id:D}";

    private static bool TryParse(string name, string collection, out Guid id)
    {
        id = default;
        var prefix = collection.Length + 1;
        return name.Length > prefix
            && name.StartsWith(collection, StringComparison.Ordinal)
            && name[collection.Length] == '/'
            && Guid.TryParseExact(name[prefix..], "D", out id)
            // One resource has one name: an upper-case UUID would be another.
            && name.AsSpan(prefix).SequenceEqual(id.ToString("D"));
    }
}
