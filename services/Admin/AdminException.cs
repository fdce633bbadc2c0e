namespace OrderTracking.Admin;

/// <summary>The command line, a file or a variable is not what the command needs.</summary>
internal sealed class AdminException(string message) : Exception(message);
