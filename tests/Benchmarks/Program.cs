using OrderTracking.Benchmarks;
using OrderTracking.Benchmarks.Screening;
using OrderTracking.BuildingBlocks.Hosting;

// dotnet run -c Release --project tests/Benchmarks -- [B1 ... B9|latency|telemetry|all] [--short]
// The client and the limits have what the product has.
SharedArrays.MakeRoom();
if (args is [EchoServer.Verb, .. var told])
    return await EchoServer.Run(told);
const string Latency = "latency";
var isShort = args.Contains("--short");
string[] named = [.. args.Where(argument => argument != "--short")];
string[] known = [.. Bars.ByName.Keys, Latency];
string[] asked = named is [] or ["all"] ? known : named;
if (asked.Except(known, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } unknown)
{
    Console.Error.WriteLine($"'{unknown}' is not measured here; allowed are {string.Join(", ", known)}, all (or nothing), and --short.");
    return 2;
}

Machine.Print();
var met = true;
foreach (var name in known.Intersect(asked, StringComparer.OrdinalIgnoreCase))
{
    if (name == Latency)
    {
        DecisionLatency.Print(rulesAdded: 0);
        DecisionLatency.Print(rulesAdded: 500 - DecisionLatency.PackRules);
        continue;
    }

    foreach (var bar in await Bars.ByName[name](isShort))
    {
        Console.Out.WriteLine(bar.Words);
        met &= bar.IsMet;
    }
}

return met ? 0 : 1;
