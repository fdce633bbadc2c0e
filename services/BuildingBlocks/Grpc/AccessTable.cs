using System.Collections.Frozen;
using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Routing;
using OrderTracking.BuildingBlocks.Jobs;
using OrderTracking.Types.V1;

namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>Who may call which method, read from the protos of the services this process serves.</summary>
public sealed class AccessTable
{
    private static readonly string[] OpenServices = ["/grpc.health.", "/grpc.reflection."];
    private FrozenDictionary<string, FrozenSet<string>> _roles = FrozenDictionary<string, FrozenSet<string>>.Empty;

    /// <summary>The full names of the services served, without health and reflection.</summary>
    public IReadOnlyList<string> Services { get; private set; } = [];

    /// <summary>The protos of the services served, without health and reflection.</summary>
    public IReadOnlyList<FileDescriptor> Files { get; private set; } = [];

    /// <summary>True for the methods anybody may call: health and reflection.</summary>
    public static bool IsOpen(string method) => OpenServices.Any(prefix => method.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>
    /// The roles, in lower case, that a method's <c>access</c> option lists; none where it has no option. The methods of
    /// google.longrunning.Operations, whose proto is not ours, are listed beside their implementation.
    /// </summary>
    public static IReadOnlyList<string> RolesOf(MethodDescriptor method)
    {
        if (OperationAccess.Methods.TryGetValue(method.FullName, out var listed))
            return listed;
        // GetExtension throws where a method has no options at all.
        var access = method.GetOptions()?.GetExtension(AccessExtensions.Access);
        return access is null ? [] : [.. access.Roles.Select(role => role.ToString().ToLowerInvariant())];
    }

    /// <summary>The roles that may call a method by its full name, such as <c>/package.Service/Method</c>; none where it is unknown.</summary>
    public IReadOnlySet<string> RolesOf(string method) => _roles.GetValueOrDefault(method, FrozenSet<string>.Empty);

    /// <summary>Reads the mapped methods.</summary>
    /// <exception cref="InvalidOperationException">A mapped method has no <c>access</c> option, so nobody could call it.</exception>
    public void Read(IEnumerable<EndpointDataSource> sources)
    {
        var served = sources.SelectMany(source => source.Endpoints)
            .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>())
            .OfType<GrpcMethodMetadata>()
            .Where(method => !IsOpen(method.Method.FullName))
            .DistinctBy(method => method.Method.FullName)
            .ToDictionary(method => method.Method.FullName, DescriptorOf);
        var methods = served.ToDictionary(entry => entry.Key, entry => RolesOf(entry.Value).ToFrozenSet(StringComparer.Ordinal));
        var unlisted = methods.Where(entry => entry.Value.Count == 0).Select(entry => entry.Key).ToList();
        if (unlisted.Count > 0)
            throw new InvalidOperationException($"These methods state no access in their proto: {string.Join(", ", unlisted)}.");
        _roles = methods.ToFrozenDictionary(StringComparer.Ordinal);
        Files = [.. served.Values.Select(method => method.File).Distinct()];
        Services = [.. methods.Keys.Select(method => method.Split('/')[1]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    // The implementation derives from XBase, which is nested in the generated static class that knows the descriptor.
    private static MethodDescriptor DescriptorOf(GrpcMethodMetadata served)
    {
        for (var type = served.ServiceType; type is not null; type = type.BaseType)
        {
            var bind = type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false);
            var property = bind?.BindType.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static);
            if (property?.GetValue(null) is ServiceDescriptor service)
                return service.FindMethodByName(served.Method.Name);
        }

        throw new InvalidOperationException($"{served.ServiceType} has no generated descriptor.");
    }
}
