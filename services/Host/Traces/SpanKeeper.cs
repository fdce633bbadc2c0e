using System.Diagnostics;
using OpenTelemetry;

namespace OrderTracking.Host.Traces;

/// <summary>Copies each span that ends into the store. Calls that ask whether the process is well would be most of them, and tell nothing.</summary>
internal sealed class SpanKeeper(TraceStore store) : BaseProcessor<Activity>
{
    private const string Health = "grpc.health.v1.Health/";

    public override void OnEnd(Activity data)
    {
        if (!data.DisplayName.Contains(Health, StringComparison.Ordinal))
            store.Add(new KeptSpan(data));
    }
}
