using System.Text.Json;

namespace OrderTracking.ComplianceService.Impact;

/// <summary>The checkpoint of a simulation: what it is about, and how far it has come.</summary>
/// <param name="KnownAt">Both decisions of every shipment are made as of this instant, whatever is published meanwhile.</param>
/// <param name="Now">The instant "today" is taken from.</param>
/// <param name="Last">The seq of the last shipment looked at.</param>
/// <param name="Total">Shipments to look at.</param>
/// <param name="After">The seq of the shipment looked at last.</param>
internal sealed record SimulationCourse(
    DateTimeOffset KnownAt, DateTimeOffset Now, long Last, long Total, long After = 0, long Looked = 0, long Rows = 0, long ReasonsChanged = 0)
{
    public static SimulationCourse Read(string checkpoint) =>
        JsonSerializer.Deserialize<SimulationCourse>(checkpoint) ?? throw new InvalidDataException("The checkpoint is empty.");

    public string Write() => JsonSerializer.Serialize(this);
}
