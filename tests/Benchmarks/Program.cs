using OrderTracking.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks -- [decision] [telemetry] [--short]
var isShort = args.Contains("--short");
string[] known = ["decision", "telemetry", "B1", "B3"];
string[] asked = [.. args.Where(argument => argument != "--short")];
if (asked.Except(known).FirstOrDefault() is { } unknown)
{
    Console.Error.WriteLine($"'{unknown}' is not measured here; allowed are {string.Join(", ", known)}, or nothing for all, and --short.");
    return 2;
}

Machine.Print();
if (asked.Length == 0 || asked.Contains("decision"))
{
    DecisionLatency.Print(rulesAdded: 0);
    DecisionLatency.Print(rulesAdded: 500 - DecisionLatency.PackRules);
}

if (asked.Length == 0 || asked.Contains("telemetry"))
    return await TelemetryCost.Print(isShort) ? 0 : 1;
if (asked.Contains("B1"))
    foreach (var bar in await OrderTracking.Benchmarks.Deciding.DecisionBar.Measure(isShort))
        Console.Out.WriteLine(bar.Words);

if (asked.Contains("B3"))
    foreach (var bar in await OrderTracking.Benchmarks.Placing.PlaceOrderBar.Measure(isShort))
        Console.Out.WriteLine(bar.Words);

return 0;
