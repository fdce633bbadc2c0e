using System.Collections.Concurrent;
using Google.Rpc;
using Grpc.Core;

namespace OrderTracking.SystemTests.Distributed;

/// <summary>
/// A caller who repeats what was not answered, with the request_id of the first try. Every answer that was not a success is counted;
/// one that no caller may see is no reason for patience.
/// </summary>
internal sealed class Patience(CancellationToken ending)
{
    private static readonly TimeSpan CallDeadline = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentDictionary<string, int> _answers = new();

    /// <summary>Answers that were repeated, by code and reason.</summary>
    public IReadOnlyDictionary<string, int> Answers => _answers;

    /// <summary>Calls until there is an answer that repeating does not change.</summary>
    /// <param name="call">Takes the deadline of the try.</param>
    public async Task<T> Insist<T>(Func<DateTime, AsyncUnaryCall<T>> call)
    {
        while (true)
        {
            try
            {
                using var trial = call(TimeProvider.System.GetUtcNow().UtcDateTime + CallDeadline);
                return await trial;
            }
            catch (RpcException error) when (MayBeRepeated(error))
            {
                _answers.AddOrUpdate(NameOf(error), 1, (_, count) => count + 1);
                await Wait(Pause, () => $"a call is answered, but: {error.Message}");
            }
        }
    }

    /// <summary>Waits a little for what is not so yet.</summary>
    /// <exception cref="TimeoutException">There is no more time; with what was waited for.</exception>
    public async Task Wait(TimeSpan span, Func<string> what)
    {
        await Task.Delay(span, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (ending.IsCancellationRequested)
            throw new TimeoutException($"It did not become true that {what()}");
    }

    /// <summary>Code and reason of an answer.</summary>
    public static string NameOf(RpcException error) => $"{error.StatusCode}/{ReasonOf(error) ?? "-"}";

    /// <summary>The reason of an answer; null where no service gave one.</summary>
    public static string? ReasonOf(RpcException error) => error.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason;

    // Without a reason it is the connection that broke, whatever code the client library found for it.
    private static bool MayBeRepeated(RpcException error) => error.StatusCode
        is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Aborted or StatusCode.ResourceExhausted
        || (error.StatusCode is StatusCode.Internal or StatusCode.Unknown or StatusCode.Cancelled && ReasonOf(error) is null);
}
