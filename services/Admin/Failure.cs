using Grpc.Core;
using OrderTracking.Client;

namespace OrderTracking.Admin;

/// <summary>Says why a call failed and what would help.</summary>
internal static class Failure
{
    // What the library says where nobody listens.
    private const string NoConnection = "Error connecting to subchannel";
    private const string RoleNotAllowed = "ROLE_NOT_ALLOWED";

    /// <summary>Explains; the result is the exit code.</summary>
    /// <param name="error">Why it failed.</param>
    /// <param name="command">Which command it failed.</param>
    /// <param name="address">Where the services were asked.</param>
    /// <param name="note">Takes each line.</param>
    public static int Explain(OrderTrackingError error, Command command, string address, Action<string> note)
    {
        if (!error.IsFromServer && error.Code == StatusCode.Unavailable)
            note($"No answer from {address}{(error.Message.StartsWith(NoConnection, StringComparison.Ordinal) ? "" : $" ({error.Message})")}. Is the Host running there? --address or {AdminCommands.AddressVariable} says where it is.");
        else if (!error.IsFromServer)
            note($"No answer of OrderTracking from {address}, {error.Code}: {error.Message}");
        else
            note($"Refused, {error.Reason}: {error.Message}");
        if (error.Reason == RoleNotAllowed)
            note($"'{command.Name}' needs a token of the role {string.Join(" or ", command.Roles)}.");
        if (error.Code == StatusCode.Unauthenticated)
            note($"The token is not of this server, or its time is over: {AdminCommands.HowToGetToken}");
        foreach (var field in error.Fields)
            note($"  {field.Description}");
        foreach (var condition in error.Conditions)
            note($"  {condition.Subject}: {condition.Description}");
        foreach (var trace in error.Metadata.Where(one => one.Key == "trace_id"))
            note($"  trace {trace.Value}");
        return error.MayRepeat || error.Code is StatusCode.DeadlineExceeded or StatusCode.Cancelled ? ExitCode.Unanswered : ExitCode.Refused;
    }
}
