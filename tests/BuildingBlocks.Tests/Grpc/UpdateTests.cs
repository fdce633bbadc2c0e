using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Tests.Probe;

namespace OrderTracking.BuildingBlocks.Tests.Grpc;

public sealed class UpdateTests
{
    private static readonly string[] Writable = ["title", "count", "weight", "tags", "note"];

    [Theory]
    [InlineData(null, "tags title weight")]
    [InlineData("", "tags title weight")]
    [InlineData("*", "count note tags title weight")]
    [InlineData("count", "count")]
    [InlineData("title,count", "count title")]
    [InlineData("state,title", "title")]
    [InlineData("state", "")]
    public void A_mask_names_what_is_written_and_the_state_never_is(string? mask, string expected)
    {
        var thing = new Thing { Title = "t", Weight = 0, Tags = { "x" }, State = Thing.Types.State.Made };
        Assert.Equal(expected, string.Join(' ', UpdateMask.Resolve(Mask(mask), thing, Writable).Order()));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("title,nonsense")]
    [InlineData("Title")]
    [InlineData("*,title")]
    [InlineData("note.answer")]
    public void An_unknown_path_is_refused(string mask)
    {
        var refusal = Assert.Throws<Refusal>(() => UpdateMask.Resolve(Mask(mask), new Thing(), Writable));
        Assert.Equal(("UPDATE_MASK_INVALID", StatusCode.InvalidArgument), (refusal.Reason.Name, refusal.Reason.Code));
    }

    [Fact]
    public void An_etag_guards_against_an_old_reading()
    {
        Etag.Require("\"7\"", 7, strict: true);
        Etag.Require("", 7, strict: false);
        Assert.Equal(("ETAG_MISMATCH", StatusCode.Aborted), Reason(() => Etag.Require("\"6\"", 7, strict: false)));
        Assert.Equal(("ETAG_MISMATCH", StatusCode.Aborted), Reason(() => Etag.Require("7", 7, strict: false)));
        Assert.Equal(("ETAG_REQUIRED", StatusCode.InvalidArgument), Reason(() => Etag.Require("", 7, strict: true)));
        Assert.Equal("\"7\"", Etag.Of(7));
    }

    private static FieldMask? Mask(string? paths) => paths is null ? null : new FieldMask { Paths = { paths.Split(',', StringSplitOptions.RemoveEmptyEntries) } };

    private static (string, StatusCode) Reason(Action check)
    {
        var refusal = Assert.Throws<Refusal>(check);
        return (refusal.Reason.Name, refusal.Reason.Code);
    }
}
