using Grpc.Core;

namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>Why a call was refused: a stable name that programs branch on, and the gRPC code it is answered with.</summary>
/// <param name="Name">UPPER_SNAKE_CASE; never changes once released.</param>
/// <param name="Code">The gRPC status code.</param>
public readonly record struct Reason(string Name, StatusCode Code);
