using Google.Protobuf.Reflection;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using Xunit;

namespace OrderTracking.SystemTests.Contracts;

public class DescriptorTests
{
    // The methods of gRPC health and reflection follow none of our conventions: each check must find them wanting, or it checks nothing.
    private static readonly IReadOnlyList<MethodDescriptor> Strangers =
        [.. HealthReflection.Descriptor.Services.Concat(ReflectionReflection.Descriptor.Services).SelectMany(service => service.Methods)];

    [Fact]
    public void The_services_of_every_package_are_all_seen()
    {
        Assert.Equal(
            [
                "ordertracking.compliance.v1.AuditService",
                "ordertracking.compliance.v1.CatalogueService",
                "ordertracking.compliance.v1.ComplianceService",
                "ordertracking.compliance.v1.HoldService",
                "ordertracking.compliance.v1.ImpactService",
                "ordertracking.compliance.v1.LicenceService",
                "ordertracking.compliance.v1.OutlookService",
                "ordertracking.compliance.v1.ReplayService",
                "ordertracking.compliance.v1.RuleService",
                "ordertracking.compliance.v1.ScreeningListService",
                "ordertracking.messaging.v1.DeadLetterService",
                "ordertracking.orders.v1.OrderService",
                "ordertracking.shipments.v1.ShipmentService",
            ],
            ProtoContract.Methods.Select(method => method.Service.FullName).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_method_states_who_may_call_it()
    {
        Assert.Empty(ProtoContract.WithoutAccess(ProtoContract.Served));
        Assert.NotEmpty(ProtoContract.WithoutAccess(Strangers));
    }

    [Fact]
    public void Every_field_of_a_request_states_its_behaviour()
    {
        Assert.Empty(ProtoContract.WithoutBehavior(ProtoContract.Methods));
        Assert.NotEmpty(ProtoContract.WithoutBehavior(Strangers));
    }

    [Theory]
    [InlineData("request_id")]
    [InlineData("validate_only")]
    public void Every_writing_method_can_be_repeated_and_rehearsed(string field)
    {
        Assert.Empty(ProtoContract.WritesWithout(field, ProtoContract.Methods));
        Assert.NotEmpty(ProtoContract.WritesWithout(field, Strangers));
    }

    [Fact]
    public void Path_and_package_of_a_proto_agree()
    {
        Assert.All(ProtoContract.Files, file => Assert.Equal(file.Package.Replace('.', '/'), file.Name[..file.Name.LastIndexOf('/')]));
    }
}
