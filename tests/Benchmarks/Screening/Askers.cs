using System.Diagnostics;
using Grpc.Core;
using Grpc.Net.Client;
using OrderTracking.Compliance.V1;
using ComplianceApi = OrderTracking.Compliance.V1.ComplianceService;

namespace OrderTracking.Benchmarks.Screening;

/// <summary>The same client for product and limit: callers in flight on a few connections, each with a token of its own, one question after the other.</summary>
internal sealed class Askers : IDisposable
{
    private const int Connections = 4;
    private readonly GrpcChannel[] _channels;
    private readonly ComplianceApi.ComplianceServiceClient[] _clients;
    private readonly Metadata[] _callers;
    private readonly IReadOnlyList<CheckShipmentRequest> _questions;

    public Askers(Uri address, IReadOnlyList<string> tokens, IReadOnlyList<CheckShipmentRequest> questions)
    {
        _channels = [.. Enumerable.Range(0, Connections).Select(_ => GrpcChannel.ForAddress(address))];
        _clients = [.. _channels.Select(channel => new ComplianceApi.ComplianceServiceClient(channel))];
        _callers = [.. tokens.Select(token => new Metadata { { "authorization", $"Bearer {token}" } })];
        _questions = questions;
    }

    /// <summary>One answer to each question.</summary>
    public async Task<IReadOnlyList<Decision>> AskEach()
    {
        var answers = new List<Decision>();
        foreach (var question in _questions)
            answers.Add(await _clients[0].CheckShipmentAsync(question, _callers[answers.Count % _callers.Length]));
        return answers;
    }

    /// <summary>Questions answered a second, each by a call of its own.</summary>
    public Task<double> Ask(TimeSpan span) => InFlight(span, async (caller, goes) =>
    {
        var (client, asked) = (_clients[caller % Connections], (long)caller);
        for (; goes(); asked++)
            await client.CheckShipmentAsync(_questions[(int)(asked % _questions.Count)], _callers[caller]);
        return asked - caller;
    });

    /// <summary>Questions answered a second, so many in one message, on a stream a connection.</summary>
    public Task<double> AskInBatches(int batch, int streams, TimeSpan span)
    {
        var message = new BatchCheckShipmentsRequest { Checks = { Enumerable.Range(0, batch).Select(at => _questions[at % _questions.Count]) } };
        return InFlight(
            span,
            async (caller, goes) =>
            {
                using var call = _clients[caller % Connections].BatchCheckShipments(_callers[caller]);
                var answered = 0L;
                for (; goes(); answered += batch)
                {
                    await call.RequestStream.WriteAsync(message);
                    if (!await call.ResponseStream.MoveNext() || call.ResponseStream.Current.Answers.Count != batch)
                        throw new InvalidOperationException("A batch was not answered whole.");
                }

                await call.RequestStream.CompleteAsync();
                return answered;
            },
            streams);
    }

    public void Dispose()
    {
        foreach (var channel in _channels)
            channel.Dispose();
    }

    private async Task<double> InFlight(TimeSpan span, Func<int, Func<bool>, Task<long>> ask, int? callers = null)
    {
        var started = Stopwatch.GetTimestamp();
        var answered = await Task.WhenAll(Enumerable.Range(0, callers ?? _callers.Length).Select(caller =>
            Task.Run(() => ask(caller, () => Stopwatch.GetElapsedTime(started) < span))));
        return answered.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
