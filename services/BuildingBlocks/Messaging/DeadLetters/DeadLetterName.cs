using System.Globalization;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.BuildingBlocks.Messaging.DeadLetters;

/// <summary>Names of the shape <c>services/{service}/deadLetters/{number}</c>.</summary>
internal static class DeadLetterName
{
    private const string Services = "services";
    private const string Collection = "deadLetters";
    private const string Every = "-";

    public static string Of(Db database, long seq) => string.Create(CultureInfo.InvariantCulture, $"{Services}/{database.Name}/{Collection}/{seq}");

    /// <summary>Reads a name that must be given.</summary>
    /// <returns>The service and the number; null if the name was refused.</returns>
    public static (string Service, long Seq)? Parse(string name, Violations violations)
    {
        if (name.Split('/') is [Services, { Length: > 0 } service, Collection, var number]
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            && seq.ToString(CultureInfo.InvariantCulture) == number)
            return (service, seq);
        violations.Add("name", BuildingReasons.NameInvalid, name, "services/{service}/deadLetters/{number}");
        return null;
    }

    /// <summary>The databases a list is asked of, by name.</summary>
    public static IReadOnlyList<Db> Parent(string parent, IReadOnlyList<Db> databases, Violations violations)
    {
        if (parent.Length == 0 || parent == $"{Services}/{Every}")
            return databases;
        var found = databases.Where(database => parent == $"{Services}/{database.Name}").ToList();
        if (found.Count == 0)
            violations.Add("parent", BuildingReasons.NameInvalid, parent, $"{Services}/{Every} or one of {string.Join(", ", databases.Select(database => $"{Services}/{database.Name}"))}");
        return found;
    }
}
