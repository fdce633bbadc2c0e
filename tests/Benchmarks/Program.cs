using OrderTracking.Benchmarks;
using OrderTracking.Benchmarks.Growing;
using OrderTracking.Benchmarks.Loading;

// dotnet run -c Release --project tests/Benchmarks -- [B1 ... B9|latency|telemetry|all] [--short] [--json FILE] [--gate FILE]
// dotnet run -c Release --project tests/Benchmarks -- load --target URL --rate N --duration S [...]
// dotnet run -c Release --project tests/Benchmarks -- growth [--short] [--json FILE] [--plot FILE]
return args switch
{
    ["load", .. var options] => await LoadCommand.Run(options),
    ["growth", .. var options] => await GrowthCommand.Run(options),
    _ => await BarsCommand.Run(args),
};
