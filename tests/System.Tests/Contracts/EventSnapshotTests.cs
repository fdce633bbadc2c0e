using System.Reflection;
using System.Text.Json;
using OrderTracking.Contracts;
using Xunit;

namespace OrderTracking.SystemTests.Contracts;

/// <summary>Events are stored and travel as JSON, so names and shapes are a contract: one file an event.</summary>
public class EventSnapshotTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static TheoryData<string> Names => [.. EventTypes.ByName.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_event_is_written_as_committed(string name)
    {
        var type = EventTypes.TypeOf(name);
        var sample = Sample(type, "event");
        var text = $$"""{"type": "{{name}}", "clr": "{{type.FullName}}", "body": {{JsonSerializer.Serialize(sample, type, Json)}}}""";
        Golden.Matches($"{name}.json", JsonSerializer.Serialize(JsonDocument.Parse(text), Json) + "\n");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_event_survives_being_written_and_read(string name)
    {
        var type = EventTypes.TypeOf(name);
        var written = JsonSerializer.Serialize(Sample(type, "event"), type, Json);
        Assert.Equal(written, JsonSerializer.Serialize(JsonSerializer.Deserialize(written, type, Json), type, Json));
    }

    // A row's JSON goes to the broker as it is.
    [Theory]
    [MemberData(nameof(Names))]
    public void MassTransit_reads_an_event_as_its_row_holds_it(string name)
    {
        var type = EventTypes.TypeOf(name);
        var written = JsonSerializer.Serialize(Sample(type, "event"), type, Json);
        var read = JsonSerializer.Deserialize(written, type, MassTransit.Serialization.SystemTextJsonMessageSerializer.Options);
        Assert.Equal(written, JsonSerializer.Serialize(read, type, Json));
    }

    // A value for every parameter by its type, so that a new field shows in the file without anybody thinking of it.
    private static object Sample(Type type, string name) => type switch
    {
        _ when Nullable.GetUnderlyingType(type) is { } inner => Sample(inner, name),
        _ when type == typeof(string) => name,
        _ when type == typeof(Guid) => Guid.Parse("0190a0b0-0000-7000-8000-000000000001"),
        _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2025, 4, 9, 1, 2, 3, TimeSpan.Zero),
        _ when type == typeof(DateOnly) => new DateOnly(2025, 4, 9),
        _ when type == typeof(long) => 7L,
        _ when type == typeof(int) => 3,
        _ when type == typeof(decimal) => 12.50m,
        _ when type == typeof(bool) => true,
        { IsGenericType: true } => OneOf(type.GetGenericArguments().Single(), name),
        _ => Record(type),
    };

    private static Array OneOf(Type element, string name)
    {
        var one = Array.CreateInstance(element, 1);
        one.SetValue(Sample(element, name), 0);
        return one;
    }

    private static object Record(Type type)
    {
        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.Instance).Single();
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Sample(parameter.ParameterType, parameter.Name!))]);
    }
}
