using System.Diagnostics;
using System.Globalization;

namespace OrderTracking.Host.Traces;

/// <summary>How spans, times and sizes are written for a person.</summary>
internal static class Words
{
    private const string Package = "ordertracking.";
    private const double Kibi = 1024;

    /// <summary>The method, the consumer or the job, without what every name has in common.</summary>
    public static string Title(KeptSpan span)
    {
        var name = span.Name;
        // POST /google.longrunning.Operations/GetOperation is a method too.
        var package = Math.Max(name.IndexOf(Package, StringComparison.Ordinal), name.IndexOf(" /", StringComparison.Ordinal));
        if (package < 0)
            return name.Length == 0 ? "(no name)" : name;
        // ordertracking.orders.v1.OrderService/PlaceOrder: the service is said beside it.
        var method = name.IndexOf('/', package + 2);
        var type = name.LastIndexOf('.', method < 0 ? name.Length - 1 : method);
        return name[(type + 1)..];
    }

    public static string Kind(KeptSpan span) => span.Kind switch
    {
        ActivityKind.Server => "server",
        ActivityKind.Client => "client",
        ActivityKind.Consumer => "consumer",
        ActivityKind.Producer => "producer",
        _ => "internal",
    };

    public static string Time(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary>As HTML's <c>datetime</c> wants it.</summary>
    public static string Machine(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Length(TimeSpan length) => length.TotalMilliseconds switch
    {
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{length.TotalMilliseconds:0.00} ms"),
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{length.TotalMilliseconds:0.0} ms"),
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{length.TotalMilliseconds:0} ms"),
        < 60_000 => string.Create(CultureInfo.InvariantCulture, $"{length.TotalSeconds:0.00} s"),
        < 3_600_000 => string.Create(CultureInfo.InvariantCulture, $"{length:m\\:ss} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)length.TotalHours}:{length:mm\\:ss} h"),
    };

    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Mebibytes(long bytes) => (bytes / Kibi / Kibi).ToString("0.0", CultureInfo.InvariantCulture);

    public static string Many(long number, string one) => $"{Count(number)} {one}{(number == 1 ? "" : "s")}";
}
