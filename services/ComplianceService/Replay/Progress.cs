using System.Globalization;
using Google.Protobuf;

namespace OrderTracking.ComplianceService.Replay;

/// <summary>How far a walk over rows by seq has come, and what it has counted: all a later run needs to go on.</summary>
/// <param name="After">The seq of the last row done.</param>
/// <param name="Last">The seq the walk ends with: what is stored later is not of this walk.</param>
/// <param name="Done">Rows done.</param>
/// <param name="Total">Rows there are to do.</param>
/// <param name="Counted">The answer as far as it is counted.</param>
internal sealed record Progress<TResponse>(long After, long Last, long Done, long Total, TResponse Counted)
    where TResponse : class, IMessage<TResponse>, new()
{
    public string Write() => string.Create(
        CultureInfo.InvariantCulture, $"{After} {Last} {Done} {Total} {Convert.ToBase64String(Counted.ToByteArray())}");

    public static Progress<TResponse> Read(string checkpoint)
    {
        var words = checkpoint.Split(' ');
        long Number(int index) => long.Parse(words[index], CultureInfo.InvariantCulture);
        var counted = new TResponse();
        counted.MergeFrom(Convert.FromBase64String(words[4]));
        return new Progress<TResponse>(Number(0), Number(1), Number(2), Number(3), counted);
    }
}
