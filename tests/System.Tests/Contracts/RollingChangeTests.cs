using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrderTracking.Contracts;
using OrderTracking.TestKit;
using Xunit;

namespace OrderTracking.SystemTests.Contracts;

/// <summary>
/// While a version replaces another both run: on one schema, with each other's events. What a release knew, in Contracts/Released and
/// never changed, must still be there, and what is new must not be asked of it.
/// </summary>
public sealed class RollingChangeTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly string Released = Path.Combine(AppContext.BaseDirectory, "Contracts", "Released");

    public static TheoryData<string> Events =>
        [.. Directory.EnumerateFiles(Released, "*.json", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Released, file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_of_a_release_is_read_whole(string file)
    {
        var released = JsonNode.Parse(File.ReadAllText(Path.Combine(Released, file)))!;
        var type = EventTypes.TypeOf((string)released["type"]!);
        Assert.Equal(type.FullName, (string?)released["clr"]);
        var read = JsonSerializer.Deserialize(released["body"], type, Json);
        Assert.Empty(Lacking(released["body"], JsonSerializer.SerializeToNode(read, type, Json), type.Name));
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void A_release_finds_in_an_event_of_today_all_it_knew_and_reads_past_the_rest(string file)
    {
        var released = JsonNode.Parse(File.ReadAllText(Path.Combine(Released, file)))!;
        var today = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", $"{released["type"]}.json")))!;
        Assert.Empty(Lacking(released["body"], today["body"], (string)released["type"]!));
    }

    [Fact]
    public void What_an_event_gained_may_be_missing()
    {
        foreach (var file in Events.Select(row => row.Data))
        {
            var released = JsonNode.Parse(File.ReadAllText(Path.Combine(Released, file)))!;
            var type = EventTypes.TypeOf((string)released["type"]!);
            var known = released["body"]!.AsObject().Select(member => member.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var gained in type.GetProperties().Where(property => !known.Contains(property.Name)))
            {
                var optional = Nullable.GetUnderlyingType(gained.PropertyType) is not null
                    || new NullabilityInfoContext().Create(gained).WriteState == NullabilityState.Nullable
                    || gained.PropertyType.IsValueType;
                Assert.True(optional, $"{type.Name}.{gained.Name} is new, and an event of the former version does not have it.");
            }
        }
    }

    [Fact]
    public void A_member_that_went_or_changed_its_kind_is_seen()
    {
        var before = JsonNode.Parse("""{"name": "a", "lines": [{"number": 1}]}""");
        Assert.Equal(["e.name"], Lacking(before, JsonNode.Parse("""{"lines": [{"number": 1}]}"""), "e"));
        Assert.Equal(["e.lines[0].number"], Lacking(before, JsonNode.Parse("""{"name": "a", "lines": [{"number": "1"}]}"""), "e"));
    }

    [Fact]
    public async Task Every_column_of_a_release_is_still_there_and_a_new_one_may_be_left_out()
    {
        var data = Directory.CreateTempSubdirectory("ordertracking-").FullName;
        await using (await RunningHost.Start(dataDirectory: data))
        {
            using var files = new DataFiles(data);
            var today = Schema.Read(files);
            foreach (var file in Directory.EnumerateFiles(Released, "schema.txt", SearchOption.AllDirectories))
                Assert.Empty(Schema.Breaks(Schema.Parse(File.ReadAllLines(file)), today));
        }

        Directory.Delete(data, recursive: true);
    }

    [Theory]
    [InlineData("orders orders extra TEXT not-null -", "orders.orders.extra is new and must be given")]
    [InlineData("orders orders state TEXT not-null -", "orders.orders.state was TEXT null")]
    [InlineData("", "orders.orders.state is gone")]
    public void A_change_that_would_break_the_former_version_is_seen(string changed, string message)
    {
        string[] released = ["orders orders id TEXT not-null key", "orders orders state TEXT null -"];
        var today = changed.Contains("extra", StringComparison.Ordinal) ? released.Append(changed) : [released[0], .. changed.Length > 0 ? new[] { changed } : []];
        Assert.Contains(Schema.Breaks(Schema.Parse(released), Schema.Parse(today)), found => found.StartsWith(message, StringComparison.Ordinal));
    }

    // What of the first is not in the second, or is of another kind there.
    private static IEnumerable<string> Lacking(JsonNode? before, JsonNode? after, string path) => (before, after) switch
    {
        (JsonObject was, JsonObject now) => was.SelectMany(member => now.ContainsKey(member.Key)
            ? Lacking(member.Value, now[member.Key], $"{path}.{member.Key}")
            : [$"{path}.{member.Key}"]),
        (JsonArray was, JsonArray now) => was.Count > now.Count ? [path] : was.SelectMany((one, at) => Lacking(one, now[at], $"{path}[{at}]")),
        (JsonValue was, JsonValue now) => was.GetValueKind() == now.GetValueKind() ? [] : [path],
        (null, _) => [],
        _ => [path],
    };
}
