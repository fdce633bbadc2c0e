using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.BuildingBlocks.Jobs;

/// <summary>The names <c>operations/{id}</c>.</summary>
public static class OperationName
{
    private const string Collection = "operations";

    /// <summary>The name of an operation.</summary>
    public static string Of(Guid id) => $"{Collection}/{id:D}";

    /// <summary>Reads a name.</summary>
    /// <param name="name">As given.</param>
    /// <param name="field">The field it stands in.</param>
    /// <param name="violations">Takes NAME_INVALID.</param>
    /// <returns>The id; null if the name was refused.</returns>
    public static Guid? Parse(string name, string field, Violations violations)
    {
        if (name.Split('/') is [Collection, var text] && Guid.TryParseExact(text, "D", out var id) && name == Of(id))
            return id;
        violations.Add(field, BuildingReasons.NameInvalid, name, $"{Collection}/{{id}}, the id in lower case");
        return null;
    }

    /// <summary>Reads the name of a request that has no other field to be wrong.</summary>
    /// <exception cref="Refusal">NAME_INVALID.</exception>
    public static Guid Require(string name)
    {
        var violations = new Violations();
        var id = Parse(name, "name", violations);
        violations.ThrowIfAny();
        return id!.Value;
    }

    /// <summary>Whether a text is the name of the collection, or blank.</summary>
    internal static bool IsCollection(string name) => name is "" or Collection;
}
