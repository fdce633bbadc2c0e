using Google.Api;
using Google.Protobuf.Reflection;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Contracts;

namespace OrderTracking.SystemTests.Contracts;

/// <summary>What every method and message of the API owes, read from the compiled descriptors.</summary>
internal static class ProtoContract
{
    private const string OwnPackages = "ordertracking.";
    private static readonly string[] ReadingVerbs = ["Get", "List", "Watch", "Stream", "Replay", "Check", "BatchCheck", "Export", "Search", "Find"];

    // Repeating it is harmless without an id: the order's name and revision say which change it is.
    private static readonly string[] WithoutRequestId = ["TakeOrderChange"];

    /// <summary>Every proto file of ours; those compiled into Contracts beside them follow their owners' conventions.</summary>
    public static IReadOnlyList<FileDescriptor> Files { get; } =
    [
        .. typeof(EventTypes).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => type.GetProperty("Descriptor")?.GetValue(null))
            .OfType<FileDescriptor>()
            .Where(file => file.Package.StartsWith(OwnPackages, StringComparison.Ordinal))
            .OrderBy(file => file.Name, StringComparer.Ordinal),
    ];

    /// <summary>Every method of every service of ours.</summary>
    public static IReadOnlyList<MethodDescriptor> Methods { get; } =
        [.. Files.SelectMany(file => file.Services).SelectMany(service => service.Methods)];

    /// <summary>Every method served, whoever wrote its proto.</summary>
    public static IReadOnlyList<MethodDescriptor> Served { get; } = [.. Methods, .. Google.LongRunning.Operations.Descriptor.Methods];

    public static IEnumerable<string> WithoutAccess(IEnumerable<MethodDescriptor> methods) =>
        methods.Where(method => AccessTable.RolesOf(method).Count == 0).Select(method => method.FullName);

    /// <summary>Fields of requests that say neither whether they are required nor who sets them.</summary>
    public static IEnumerable<string> WithoutBehavior(IEnumerable<MethodDescriptor> methods) =>
        methods.Select(method => method.InputType).Distinct().SelectMany(message => message.Fields.InDeclarationOrder())
            .Where(field => field.GetOptions()?.GetExtension(FieldBehaviorExtensions.FieldBehavior) is not { Count: > 0 })
            .Select(field => field.FullName);

    /// <summary>Writing methods whose request lacks the field.</summary>
    public static IEnumerable<string> WritesWithout(string field, IEnumerable<MethodDescriptor> methods) =>
        methods.Where(method => !ReadingVerbs.Any(verb => method.Name.StartsWith(verb, StringComparison.Ordinal)) || method.Name == "ReplayDeadLetter")
            .Where(method => field != "request_id" || !WithoutRequestId.Contains(method.Name))
            .Where(method => method.InputType.FindFieldByName(field) is null)
            .Select(method => method.FullName);
}
