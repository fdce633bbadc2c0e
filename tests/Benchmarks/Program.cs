using OrderTracking.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks
DecisionLatency.Print(rulesAdded: 0);
DecisionLatency.Print(rulesAdded: 500 - DecisionLatency.PackRules);
