namespace OrderTracking.Host;

/// <summary>The command line asks for what there is not.</summary>
public sealed class UsageException(string message) : Exception(message);
