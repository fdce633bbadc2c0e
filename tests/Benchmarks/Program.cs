using OrderTracking.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks -- [decision] [telemetry] [--short]
var isShort = args.Contains("--short");
string[] known = ["decision", "telemetry"];
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
return 0;
