using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Tests.Probe;

namespace OrderTracking.BuildingBlocks.Tests.Grpc;

public sealed class RequestsTests : IAsyncLifetime
{
    private static readonly Actor Caller = new("caller-1", new HashSet<string> { "caller" });
    private readonly TemporaryDirectory _directory = new();
    private ThingsDb _db = null!;

    public async ValueTask InitializeAsync() => _db = await ThingsDb.Create(_directory);

    public async ValueTask DisposeAsync()
    {
        await _db.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_thousand_parallel_repeats_have_one_effect_and_one_answer()
    {
        var request = NewRequest();
        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(() => Ask(request))));
        Assert.Single(answers.Select(answer => answer.Answer).Distinct());
        Assert.Equal(1, await _db.Count());
    }

    [Fact]
    public async Task The_first_answer_survives_a_restart()
    {
        var request = NewRequest();
        var first = await Ask(request);
        await _db.DisposeAsync();
        _db = await ThingsDb.Create(_directory);
        Assert.Equal(first, await Ask(request));
        Assert.Equal(1, await _db.Count());
    }

    [Fact]
    public async Task A_blank_request_id_repeats_the_effect()
    {
        await Ask(new AskRequest { Question = "q" });
        await Ask(new AskRequest { Question = "q" });
        Assert.Equal(2, await _db.Count());
    }

    [Fact]
    public async Task A_failed_first_try_can_be_repeated()
    {
        var request = NewRequest();
        await Assert.ThrowsAsync<FormatException>(() => _db.Write(tx => Requests.Once<AskResponse>(
            tx, "Ask", request.RequestId, Caller, request, Now, () => throw new FormatException())));
        await Ask(request);
        Assert.Equal(1, await _db.Count());
    }

    [Fact]
    public async Task A_try_leaves_the_request_id_free_and_asks_for_the_same_content()
    {
        var request = NewRequest();
        request.ValidateOnly = true;
        await Ask(request, validateOnly: true);
        Assert.Equal(0, await _db.Count("requests"));
        await Ask(request);
        request.ValidateOnly = false;
        await Ask(request);
        Assert.Equal(1, await _db.Count());
    }

    [Fact]
    public async Task The_same_id_with_other_content_method_or_actor_is_refused()
    {
        var request = NewRequest();
        await Ask(request);
        var other = request.Clone();
        other.Question = "another";
        var stranger = Caller with { Subject = "caller-2" };
        foreach (var call in (Func<Task>[])[() => Ask(other), () => Ask(request, method: "Decide"), () => Ask(request, actor: stranger)])
        {
            var refusal = await Assert.ThrowsAsync<Refusal>(call);
            Assert.Equal(("REQUEST_ID_REUSED", StatusCode.AlreadyExists), (refusal.Reason.Name, refusal.Reason.Code));
        }

        Assert.Equal(1, await _db.Count());
    }

    // What was stored by a former release has to be recognised.
    [Fact]
    public async Task What_is_remembered_of_a_call_is_the_digest_of_its_content()
    {
        var request = NewRequest();
        request.ValidateOnly = true;
        request.UpdateMask = new FieldMask { Paths = { "name" } };
        await Ask(request);
        var content = new AskRequest { Question = request.Question, UpdateMask = request.UpdateMask };
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content.ToByteArray())), await _db.Read(tx => tx.Scalar<string>("select content_digest from requests")));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("{0193a1c2-0000-7000-8000-000000000000}")]
    [InlineData("0193a1c2000070008000000000000000")]
    public async Task An_id_that_is_no_uuid_is_refused(string id)
    {
        var refusal = await Assert.ThrowsAsync<Refusal>(() => Ask(new AskRequest { RequestId = id }));
        Assert.Equal("REQUEST_ID_NOT_UUID", refusal.Reason.Name);
        Assert.Equal("request_id", Assert.Single(refusal.FieldViolations).Field);
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static AskRequest NewRequest() => new() { Question = "q", RequestId = Ids.Next().ToString() };

    private Task<AskResponse> Ask(AskRequest request, string method = "Ask", Actor? actor = null, bool validateOnly = false) => _db.Write(
        tx => Requests.Once(tx, method, request.RequestId, actor ?? Caller, request, Now, () => Effect(tx)),
        validateOnly: validateOnly);

    private static async Task<AskResponse> Effect(Tx tx)
    {
        var id = Ids.Next();
        await ThingsDb.Insert(tx, new ThingRow { Id = id, Name = "effect" });
        return new AskResponse { Answer = id.ToString() };
    }
}
