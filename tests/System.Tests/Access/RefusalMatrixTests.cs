using System.Text.RegularExpressions;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using OrderTracking.SystemTests.Contracts;
using OrderTracking.SystemTests.Running;
using Xunit;

namespace OrderTracking.SystemTests.Access;

/// <summary>
/// What every method must refuse, and how, read from its descriptor: a method that is added is asked too. Who may call what is the role
/// matrix's; wrong states are told by each method's own tests.
/// </summary>
public partial class RefusalMatrixTests(SystemUnderTest system) : IClassFixture<SystemUnderTest>
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Roles = RoleMatrix.Read();

    // Parts of names that are no UUID.
    private static readonly Dictionary<string, string> Words = new()
    {
        ["part"] = "NO-SUCH-PART", ["rule"] = "NO-SUCH-RULE", ["revision"] = "7", ["amendment"] = "7", ["list"] = "CSL", ["snapshot"] = "7",
        ["service"] = "orders", ["dead_letter"] = "7",
    };

    private static readonly IReadOnlyList<MethodDescriptor> Methods = [.. ProtoContract.Methods.Where(method => !method.IsClientStreaming)];

    private static readonly Dictionary<string, string> Patterns = ProtoContract.Files
        .SelectMany(file => file.MessageTypes)
        .Select(message => message.GetOptions()?.GetExtension(ResourceExtensions.Resource))
        .OfType<ResourceDescriptor>()
        .ToDictionary(resource => resource.Type, resource => resource.Pattern[0]);

    public static TheoryData<string> Named => Where(method => References(method).Any());

    public static TheoryData<string> WithRequired => Where(method => Required(method).Any());

    public static TheoryData<string> Lists => Where(method => method.InputType.FindFieldByName("page_token") is not null);

    public static TheoryData<string> Writes => Where(method => method.InputType.FindFieldByName("request_id") is not null);

    [Fact]
    public void Most_methods_are_asked()
    {
        Assert.True(Named.Count > 15 && WithRequired.Count > 25 && Lists.Count > 5 && Writes.Count > 15);
    }

    [Theory]
    [MemberData(nameof(Named))]
    public async Task A_well_formed_name_of_nothing_is_not_found(string path)
    {
        var method = Find(path);
        var request = method.InputType.Parser.ParseFrom(ByteString.Empty);
        foreach (var field in References(method))
            field.Accessor.SetValue(request, NameOfNothing(field));
        var (code, reason) = await Ask(method, request);
        var namesOnly = Required(method).All(field => References(method).Contains(field));
        Assert.NotEqual("", reason);
        Assert.True(code == StatusCode.NotFound || (!namesOnly && code == StatusCode.InvalidArgument), $"{path}: {code} {reason}");
    }

    [Theory]
    [MemberData(nameof(Named))]
    public async Task A_name_that_is_none_is_refused(string path)
    {
        var method = Find(path);
        var request = method.InputType.Parser.ParseFrom(ByteString.Empty);
        foreach (var field in References(method))
            field.Accessor.SetValue(request, "../other");
        var (code, reason) = await Ask(method, request);
        Assert.True(code == StatusCode.InvalidArgument && reason.Length > 0, $"{path}: {code} {reason}");
    }

    [Theory]
    [MemberData(nameof(WithRequired))]
    public async Task A_request_without_what_is_required_is_refused(string path)
    {
        var method = Find(path);
        var (code, reason) = await Ask(method, method.InputType.Parser.ParseFrom(ByteString.Empty));
        Assert.True(code == StatusCode.InvalidArgument && reason.Length > 0, $"{path}: {code} {reason}");
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_request_id_that_is_no_uuid_is_refused(string path)
    {
        var method = Find(path);
        var request = method.InputType.Parser.ParseFrom(ByteString.Empty);
        method.InputType.FindFieldByName("request_id").Accessor.SetValue(request, "first try");
        var (code, reason) = await Ask(method, request);
        Assert.True(code == StatusCode.InvalidArgument && reason.Length > 0, $"{path}: {code} {reason}");
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_list_refuses_a_field_a_size_and_a_token_it_does_not_know(string path)
    {
        var method = Find(path);
        foreach (var (name, value) in new (string, object)[] { ("filter", "colour = red"), ("page_size", -1), ("page_token", "next"), ("order_by", "colour") })
        {
            if (method.InputType.FindFieldByName(name) is not { } field)
                continue;
            var request = method.InputType.Parser.ParseFrom(ByteString.Empty);
            field.Accessor.SetValue(request, value);
            var (code, reason) = await Ask(method, request);
            Assert.True(code == StatusCode.InvalidArgument && reason.Length > 0, $"{path} with {name}: {code} {reason}");
        }
    }

    private Task<(StatusCode Code, string Reason)> Ask(MethodDescriptor method, IMessage request)
    {
        var role = Roles[Path(method)][0];
        return AnyMethod.Call(system.Host.As($"asks-{role}", role), Path(method), request.ToByteArray());
    }

    private static TheoryData<string> Where(Func<MethodDescriptor, bool> choose) => [.. Methods.Where(choose).Select(Path)];

    private static MethodDescriptor Find(string path) => Methods.Single(method => Path(method) == path);

    private static string Path(MethodDescriptor method) => $"{method.Service.FullName}/{method.Name}";

    private static IEnumerable<FieldDescriptor> Required(MethodDescriptor method) => method.InputType.Fields.InDeclarationOrder()
        .Where(field => field.GetOptions()?.GetExtension(FieldBehaviorExtensions.FieldBehavior)?.Contains(FieldBehavior.Required) == true);

    private static IEnumerable<FieldDescriptor> References(MethodDescriptor method) => Required(method)
        .Where(field => field is { IsRepeated: false, FieldType: FieldType.String } && PatternOf(field) is not null);

    private static string? PatternOf(FieldDescriptor field) =>
        field.GetOptions()?.GetExtension(ResourceExtensions.ResourceReference) is { } reference
            ? Patterns.GetValueOrDefault(reference.Type)
            : null;

    private static string NameOfNothing(FieldDescriptor field) => Variable().Replace(
        PatternOf(field)!, match => Words.GetValueOrDefault(match.Groups[1].Value) ?? Guid.CreateVersion7().ToString("D"));

    [GeneratedRegex(@"\{([a-z_]+)\}")]
    private static partial Regex Variable();
}
