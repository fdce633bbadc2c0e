using OrderTracking.Compliance.V1;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace OrderTracking.Host.Demo.Tables;

/// <summary>The tables at the end of the demo, each read from the API.</summary>
internal sealed class Report(
    IAnsiConsole console, Cast cast, ShipmentBoard board, IReadOnlyDictionary<DemoOrder, string> orderNames, CancellationToken stopping)
{
    private const int PageSize = 1000;

    public async Task Print()
    {
        var shipments = board.All;
        var holds = await Holds();
        var open = holds.Where(hold => hold.State is Hold.Types.State.Open or Hold.Types.State.ReleaseProposed).ToList();
        Show(StandingTable.Of(shipments));
        Show(ReasonsTable.Of(shipments, open));
        Show(ReasonsTable.Legend(open, await Rules()));
        Show(QuarterTable.Of(shipments, orderNames));
        Show(DestinationTable.Of(shipments));
        Show(await new PeopleTable(cast, stopping).Of(holds));
        Show(await TimelineTable.Of(cast, shipments, orderNames[DemoOrders.TencentH20], stopping));
        console.MarkupLine("[bold]Test-grade rules, not legal advice. Prices are illustrative.[/]");
    }

    private void Show(IRenderable table)
    {
        console.WriteLine();
        console.Write(table);
    }

    // Each rule as its last amendment in force says it.
    private async Task<IReadOnlyDictionary<string, Amendment>> Rules()
    {
        var rules = await cast.Auditor.Rules.ListRulesAsync(new ListRulesRequest { PageSize = PageSize }, cancellationToken: stopping);
        return rules.Rules.ToDictionary(
            rule => rule.Name["rules/".Length..],
            rule => rule.Amendments.Last(amendment => amendment is
            {
                State: Amendment.Types.State.Published,
                Status: Amendment.Types.Status.InForce,
            }));
    }

    private async Task<IReadOnlyList<Hold>> Holds()
    {
        var holds = new List<Hold>();
        var request = new ListHoldsRequest { PageSize = PageSize };
        do
        {
            var page = await cast.Auditor.Holds.ListHoldsAsync(request, cancellationToken: stopping);
            holds.AddRange(page.Holds);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return holds;
    }
}
