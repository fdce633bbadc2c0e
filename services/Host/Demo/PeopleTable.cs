using OrderTracking.Compliance.V1;
using Spectre.Console;

namespace OrderTracking.Host.Demo;

/// <summary>What two people decided together, and what came of it.</summary>
internal sealed class PeopleTable(Cast cast, CancellationToken stopping)
{
    public async Task<Table> Of(IReadOnlyList<Hold> holds)
    {
        var table = Screens.NewTable("What took two people")
            .AddColumns(Screens.Word("Proposed by"), Screens.Word("Approved by"), new TableColumn("What"));
        await AddFacts(table);
        foreach (var release in holds.SelectMany(hold => hold.Releases.Where(release => release.State is not Release.Types.State.Proposed).Select(release => (hold, release))))
            await AddRelease(table, release.hold, release.release);
        await AddAmendment(table);
        return table;
    }

    private async Task AddFacts(Table table)
    {
        var part = await cast.Auditor.Catalogue.GetPartAsync(new GetPartRequest { Name = $"parts/{DemoOrders.UnknownDieAreaPart}" }, cancellationToken: stopping);
        foreach (var revision in part.Revisions)
            table.AddRow(revision.ProposedBy, revision.DecidedBy, $"facts of {part.PartNumber}: die area {(revision.Facts.HasDieAreaMm2 ? $"{revision.Facts.DieAreaMm2} mm2" : "unknown")}");
    }

    private async Task AddRelease(Table table, Hold hold, Release release)
    {
        var licence = (await cast.Auditor.Licences.GetLicenceAsync(new GetLicenceRequest { Name = release.Licence }, cancellationToken: stopping)).Licence;
        var line = licence.Lines[0];
        table.AddRow(
            release.ProposedBy,
            release.DecidedBy,
            Markup.Escape($"release of {hold.PartNumber} from {hold.Reason} for {release.FirstShipDate.ToDateOnly():yyyy-MM-dd} under licence {licence.Number}: {Screens.Units(line.DrawnQuantity)} of {Screens.Units(line.Quantity)} units drawn, licence {licence.State}"));
    }

    private async Task AddAmendment(Table table)
    {
        var rule = await cast.Auditor.Rules.GetRuleAsync(new GetRuleRequest { Name = $"rules/{RecallEpisode.Rule}" }, cancellationToken: stopping);
        var permits = await cast.Auditor.Compliance.ListPermitsAsync(new ListPermitsRequest { Filter = "state = \"REVOKED\"" }, cancellationToken: stopping);
        foreach (var amendment in rule.Amendments)
            table.AddRow(amendment.ProposedBy, amendment.DecidedBy, Markup.Escape($"{RecallEpisode.Rule} published; {permits.Permits.Count} permit revoked before departure: {string.Join("; ", permits.Permits.Select(permit => permit.RevokeReason))}"));
    }
}
