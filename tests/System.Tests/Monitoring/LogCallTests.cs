using System.Globalization;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrderTracking.Host;
using Xunit;

namespace OrderTracking.SystemTests.Monitoring;

/// <summary>Every line of a log has a name that stays, and says ids; nobody writes one by hand.</summary>
public sealed partial class LogCallTests
{
    [Fact]
    public void No_log_call_is_written_by_hand()
    {
        var services = Services();
        Assert.True(services.Count > 4);
        Assert.All(services, service => Assert.False(LogsByHand(service), service.GetName().Name));
        // This one does, and is found.
#pragma warning disable CA1848, CA1873 // The negative control of this test.
        NullLogger.Instance.LogInformation("{Why}", "to be found");
#pragma warning restore CA1848, CA1873
        Assert.True(LogsByHand(typeof(LogCallTests).Assembly));
    }

    [Fact]
    public void Names_levels_and_values_of_log_lines_change_only_with_their_file()
    {
        var lines =
            from service in Services()
            from type in service.GetTypes()
            from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            let said = method.GetCustomAttribute<LoggerMessageAttribute>()
            where said is not null
            select string.Create(
                CultureInfo.InvariantCulture,
                $"{type.FullName![14..]},{said.EventName},{said.Level},{string.Join(' ', Value().Matches(said.Message).Select(value => value.Groups[1].Value))}");
        var all = lines.Order(StringComparer.Ordinal).ToList();
        Assert.DoesNotContain(all, line => line.Contains(",,", StringComparison.Ordinal));
        Golden.Matches("log-lines.csv", $"where,event,level,values\n{string.Join('\n', all)}\n");
    }

    private static List<Assembly> Services()
    {
        var found = new Dictionary<string, Assembly>(StringComparer.Ordinal);
        Add(typeof(HostApp).Assembly);
        return [.. found.Values];

        void Add(Assembly assembly)
        {
            if (assembly.GetName().Name is not { } name || !name.StartsWith("OrderTracking", StringComparison.Ordinal) || !found.TryAdd(name, assembly))
                return;
            foreach (var used in assembly.GetReferencedAssemblies().Where(used => used.Name!.StartsWith("OrderTracking", StringComparison.Ordinal)))
                Add(Assembly.Load(used));
        }
    }

    private static bool LogsByHand(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        return metadata.MemberReferences.Select(metadata.GetMemberReference).Any(member =>
            member.Parent.Kind == HandleKind.TypeReference
            && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name) == nameof(LoggerExtensions)
            && metadata.GetString(member.Name).StartsWith("Log", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Value();
}
