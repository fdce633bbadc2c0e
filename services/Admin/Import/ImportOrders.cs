using OrderTracking.Client;

namespace OrderTracking.Admin.Import;

/// <summary>Places the orders of a file. Given again, whether it ended or was broken off, it places nothing twice and goes on with what is missing.</summary>
internal static class ImportOrders
{
    private const string Check = "--check";

    public static Command Command { get; } = new(
        "import-orders", "FILE.csv [--check] [--report REPORT.csv] [--limit N]",
        "Places the orders of a file, each once however often the file is given; lists every row that was refused, with line, field, value and what is allowed. "
        + "With --check the server checks each and nothing is placed.", 1,
        ["--report", "--limit"], "OrderService/PlaceOrder", Run)
    {
        Flags = [Check],
    };

    private static async Task<int> Run(Session session, CancellationToken cancellation)
    {
        var (path, report, limit) = (session.Arguments.Words[0], session.Arguments.Find("--report"), session.Limit);
        var checkOnly = session.Arguments.Has(Check);
        if (report is not null && Path.GetFullPath(report) == Path.GetFullPath(path))
            throw new AdminException($"--report is '{report}', the file of the orders; allowed is another file.");
        var survey = await session.Output.Progress(
            "Reading", tell => Task.Run(() => Survey.Of(path, share => tell(share, ""), cancellation), cancellation));
        using var writer = new ResultWriter(session.Output, limit, report, checkOnly);
        var placing = new PlaceOrders(session.Clients.Orders, survey, checkOnly, cancellation);
        writer.Begin();
        await session.Output.Progress(checkOnly ? "Checking" : "Placing", tell => Place(path, placing, survey, writer, tell));
        writer.End();
        return Tell(session, placing.StoppedBy, writer.Counts);
    }

    private static async Task<int> Place(string path, PlaceOrders placing, Survey survey, ResultWriter writer, Action<double, string> tell)
    {
        await foreach (var result in placing.All(OrderFile.Orders(path, _ => { })))
        {
            writer.Add(result);
            var counts = writer.Counts;
            // What is not asked for any more is no progress.
            if (counts.NotPlaced > 0)
                continue;
            tell((double)counts.Orders / Math.Max(survey.Orders, 1), $" {Cell.Text(counts.Orders)} of {Cell.Text(survey.Orders)}, {Cell.Text(counts.Refused)} refused");
        }

        return writer.Counts.Orders;
    }

    private static int Tell(Session session, OrderTrackingError? stoppedBy, OrderCounts counts)
    {
        var code = stoppedBy is null ? ExitCode.Unanswered : session.Explain(stoppedBy);
        if (counts.NotPlaced > 0)
        {
            session.Output.Note("Give the same command again: what was accepted is not placed twice.");
            return code;
        }

        return counts.Refused > 0 ? ExitCode.Refused : ExitCode.Done;
    }
}
