using System.Collections.Frozen;
using Google.LongRunning;
using Google.Protobuf.Reflection;
using OrderTracking.Compliance.V1;
using OrderTracking.Messaging.V1;
using OrderTracking.Orders.V1;
using OrderTracking.Shipments.V1;

namespace OrderTracking.Client;

/// <summary>What a call does, and so whether it may be sent twice.</summary>
public enum CallKind
{
    /// <summary>Changes nothing: may be sent twice, one after the other or at once.</summary>
    Read,

    /// <summary>Changes something, once for a <c>request_id</c>: may be sent again when it carries one.</summary>
    RepeatableWrite,

    /// <summary>Changes something and takes no <c>request_id</c>: is sent once.</summary>
    Write,
}

/// <summary>Every method of the API and what it does, read from the protos.</summary>
public static class ApiMethods
{
    private const string ValidateOnly = "validate_only";
    private const string RequestId = "request_id";
    private static readonly string[] ReadingOperations = ["GetOperation", "ListOperations", "WaitOperation"];

    /// <summary>Every method, those of google.longrunning.Operations among them.</summary>
    public static IReadOnlyList<MethodDescriptor> All { get; } =
    [
        .. new[]
        {
            OrderServiceReflection.Descriptor, ShipmentServiceReflection.Descriptor, AuditServiceReflection.Descriptor,
            CatalogueServiceReflection.Descriptor, ComplianceServiceReflection.Descriptor, HoldServiceReflection.Descriptor,
            ImpactServiceReflection.Descriptor, LicenceServiceReflection.Descriptor, OutlookServiceReflection.Descriptor,
            ReplayServiceReflection.Descriptor, RuleServiceReflection.Descriptor, ScreeningListServiceReflection.Descriptor,
            DeadLetterServiceReflection.Descriptor, OperationsReflection.Descriptor,
        }.SelectMany(file => file.Services).SelectMany(service => service.Methods),
    ];

    private static readonly FrozenDictionary<string, CallKind> Kinds =
        All.ToFrozenDictionary(PathOf, KindOf, StringComparer.Ordinal);

    /// <summary>What a method does.</summary>
    /// <remarks>A request that can be rehearsed (<c>validate_only</c>) changes something; the API's own tests hold every write to it.</remarks>
    public static CallKind KindOf(MethodDescriptor method)
    {
        if (method.File == OperationsReflection.Descriptor)
            return ReadingOperations.Contains(method.Name) ? CallKind.Read : CallKind.Write;
        if (method.InputType.FindFieldByName(ValidateOnly) is null)
            return CallKind.Read;
        return RequestIdOf(method.InputType) is null ? CallKind.Write : CallKind.RepeatableWrite;
    }

    /// <summary>What the method at a path such as <c>/package.Service/Method</c> does; a write where the path is unknown.</summary>
    internal static CallKind KindOf(string path) => Kinds.GetValueOrDefault(path, CallKind.Write);

    internal static FieldDescriptor? RequestIdOf(MessageDescriptor request) => request.FindFieldByName(RequestId);

    private static string PathOf(MethodDescriptor method) => $"/{method.Service.FullName}/{method.Name}";
}
