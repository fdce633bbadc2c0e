namespace OrderTracking.Admin.Import;

/// <summary>What must be known of a whole file before the first order is placed: its header is good, how many orders it has, and which of them are torn apart.</summary>
/// <param name="Orders">How many there are.</param>
/// <param name="Apart">References whose rows stand at several places, by their request ids, with the first line.</param>
internal sealed record Survey(int Orders, IReadOnlyDictionary<Guid, int> Apart)
{
    /// <summary>Reads the file once. Of each order it keeps some fifty bytes.</summary>
    public static Survey Of(string path, Action<double> tell, CancellationToken cancellation)
    {
        var (count, seen, apart) = (0, new Dictionary<Guid, int>(), new Dictionary<Guid, int>());
        foreach (var order in OrderFile.Orders(path, tell))
        {
            cancellation.ThrowIfCancellationRequested();
            count++;
            var id = OrderRows.RequestId(order.Reference);
            if (order.Reference.Length > 0 && !seen.TryAdd(id, order.Line))
                apart.TryAdd(id, seen[id]);
        }

        tell(1);
        return new Survey(count, apart);
    }
}
