using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using OrderTracking.BuildingBlocks.Hosting;

namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>
/// What each caller may still do: calls a second and open streams. A caller is the subject of a token, and an address where there is none.
/// The number of callers counted is bounded, or inventing them would fill the memory.
/// </summary>
internal sealed class CallerLimits(GrpcLimitsOptions limits) : IDisposable
{
    // The count of whoever comes when the table is full: they share it.
    private static readonly Key Everybody = new("everybody else", "");
    private const string ServiceRole = "service";
    private const int SubnetBytes = 8;
    private static readonly TimeSpan IdleAfter = TimeSpan.FromSeconds(60);
    private readonly ConcurrentDictionary<Key, Caller> _callers = new();
    private readonly Lock _sweeping = new();
    private long _sweptAt = TimeProvider.System.GetTimestamp();

    /// <summary>How many callers are counted apart now.</summary>
    public int Counted => _callers.Count;

    /// <summary>The caller of a request.</summary>
    public Caller Of(HttpContext context)
    {
        var identity = context.User;
        if (identity.Identity is not { IsAuthenticated: true })
            return Find(new Key("address", AddressOf(context.Connection.RemoteIpAddress)), limits.AnonymousCallsPerSecondMax);
        var caller = KnownCaller.Of(identity);
        return caller.HasRole(ServiceRole)
            ? Find(new Key("service", caller.Actor.Subject), limits.ServiceCallsPerSecondMax)
            : Find(new Key("subject", caller.Actor.Subject), limits.CallsPerSecondMax);
    }

    public void Dispose()
    {
        foreach (var caller in _callers.Values)
            caller.Dispose();
        _callers.Clear();
    }

    // Whoever has one IPv6 address has 2^64 of them.
    private static string AddressOf(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, SubnetBytes))
            : address.ToString();
    }

    private Caller Find(Key key, int callsPerSecond)
    {
        if (_callers.TryGetValue(key, out var known))
            return known;
        if (_callers.Count >= limits.CallersCountedMax)
        {
            Sweep();
            if (_callers.Count >= limits.CallersCountedMax)
                key = Everybody;
        }

        return _callers.GetOrAdd(key, _ => new Caller(callsPerSecond, limits));
    }

    private void Sweep()
    {
        // Looking through a table full of busy callers for each call would be the attack itself.
        if (!_sweeping.TryEnter())
            return;
        try
        {
            if (TimeProvider.System.GetElapsedTime(_sweptAt) < TimeSpan.FromSeconds(1))
                return;
            _sweptAt = TimeProvider.System.GetTimestamp();
            foreach (var (key, caller) in _callers)
                if (caller.IsIdle(IdleAfter))
                    // Not disposed: a call that has just looked it up may still ask it, and it holds nothing but memory.
                    _callers.TryRemove(key, out _);
        }
        finally
        {
            _sweeping.Exit();
        }
    }

    private readonly record struct Key(string Kind, string Name);

    /// <summary>One caller's counts.</summary>
    internal sealed class Caller(int callsPerSecond, GrpcLimitsOptions limits) : IDisposable
    {
        private const int PeriodsASecond = 10;

        private readonly TokenBucketRateLimiter _calls = new(new TokenBucketRateLimiterOptions
        {
            TokenLimit = callsPerSecond * limits.BurstSeconds,
            TokensPerPeriod = Math.Max(1, callsPerSecond / PeriodsASecond),
            ReplenishmentPeriod = TimeSpan.FromSeconds(callsPerSecond < PeriodsASecond ? 1.0 / callsPerSecond : 1.0 / PeriodsASecond),
            QueueLimit = 0,
            // A timer a caller would cost more than asking when a call comes.
            AutoReplenishment = false,
        });

        private long _seenAt = TimeProvider.System.GetTimestamp();
        private int _streams;

        /// <summary>True where this call is within the rate.</summary>
        public bool TryCall()
        {
            Volatile.Write(ref _seenAt, TimeProvider.System.GetTimestamp());
            _calls.TryReplenish();
            using var lease = _calls.AttemptAcquire();
            return lease.IsAcquired;
        }

        /// <summary>True where one more stream may be open; <see cref="CloseStream"/> must follow.</summary>
        public bool TryOpenStream()
        {
            if (Interlocked.Increment(ref _streams) <= limits.StreamsPerCallerMax)
                return true;
            CloseStream();
            return false;
        }

        public void CloseStream() => Interlocked.Decrement(ref _streams);

        // A caller with open streams is kept, or its count would begin again.
        public bool IsIdle(TimeSpan after) =>
            Volatile.Read(ref _streams) == 0 && TimeProvider.System.GetElapsedTime(Volatile.Read(ref _seenAt)) > after;

        public void Dispose() => _calls.Dispose();
    }
}
