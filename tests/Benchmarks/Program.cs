using OrderTracking.Benchmarks;
using OrderTracking.Benchmarks.Growing;
using OrderTracking.Benchmarks.Loading;
using OrderTracking.Benchmarks.Screening;
using OrderTracking.BuildingBlocks.Hosting;

// dotnet run -c Release --project tests/Benchmarks -- [B1 ... B9|latency|telemetry|all] [--short] [--json FILE] [--gate FILE]
// dotnet run -c Release --project tests/Benchmarks -- load --target URL --rate N --duration S [...]
// dotnet run -c Release --project tests/Benchmarks -- growth [--short] [--json FILE] [--plot FILE]
// The client and the limits have what the product has.
SharedArrays.MakeRoom();
return args switch
{
    [EchoServer.Verb, .. var told] => await EchoServer.Run(told),
    ["load", .. var options] => await LoadCommand.Run(options),
    ["growth", .. var options] => await GrowthCommand.Run(options),
    _ => await BarsCommand.Run(args),
};
