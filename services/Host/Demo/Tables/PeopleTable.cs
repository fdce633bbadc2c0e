using OrderTracking.Compliance.V1;
using Spectre.Console;

namespace OrderTracking.Host.Demo.Tables;

/// <summary>What nobody decided alone, and what came of it.</summary>
internal sealed class PeopleTable(Cast cast, CancellationToken stopping)
{
    private readonly Table _table = Screens.NewTable("What took two people")
        .AddColumns(Screens.Word("Proposed by"), Screens.Word("Approved by"), new TableColumn("What"));

    public async Task<Table> Of(IReadOnlyList<Hold> holds)
    {
        await AddFacts();
        foreach (var hold in holds)
        {
            foreach (var release in hold.Releases.Where(release => release.State is not Release.Types.State.Proposed))
                await AddRelease(hold, release);
        }

        await AddAmendment();
        return _table;
    }

    private async Task AddFacts()
    {
        var part = await cast.Auditor.Catalogue.GetPartAsync(
            new GetPartRequest { Name = $"parts/{DemoOrders.UnknownDieAreaPart}" }, cancellationToken: stopping);
        foreach (var revision in part.Revisions)
        {
            var area = revision.Facts.HasDieAreaMm2 ? $"{revision.Facts.DieAreaMm2} mm2" : "unknown";
            Add(revision.ProposedBy, revision.DecidedBy, $"facts of {part.PartNumber}: die area {area}");
        }
    }

    private Task AddRelease(Hold hold, Release release)
    {
        if (release.Licence.Length > 0)
            return AddLicensed(hold, release);
        Add(release.ProposedBy, release.DecidedBy, $"{hold.PartNumber}: {hold.Reason} no longer applies; proposed by the system, one officer confirms");
        return Task.CompletedTask;
    }

    private async Task AddLicensed(Hold hold, Release release)
    {
        var answer = await cast.Auditor.Licences.GetLicenceAsync(
            new GetLicenceRequest { Name = release.Licence }, cancellationToken: stopping);
        var (licence, line) = (answer.Licence, answer.Licence.Lines[0]);
        var day = release.FirstShipDate.ToDateOnly();
        Add(
            release.ProposedBy,
            release.DecidedBy,
            $"release of {hold.PartNumber} from {hold.Reason} for {day:yyyy-MM-dd} under licence {licence.Number}: "
                + $"{Screens.Units(line.DrawnQuantity)} of {Screens.Units(line.Quantity)} units drawn, licence {licence.State}");
    }

    private async Task AddAmendment()
    {
        var rule = await cast.Auditor.Rules.GetRuleAsync(
            new GetRuleRequest { Name = $"rules/{RecallEpisode.Rule}" }, cancellationToken: stopping);
        var revoked = await cast.Auditor.Compliance.ListPermitsAsync(
            new ListPermitsRequest { Filter = "state = \"REVOKED\"" }, cancellationToken: stopping);
        var count = revoked.Permits.Count;
        foreach (var amendment in rule.Amendments)
            Add(amendment.ProposedBy, amendment.DecidedBy, $"{RecallEpisode.Rule} published; permits revoked before departure: {count}");
    }

    private void Add(string proposedBy, string approvedBy, string what) =>
        _table.AddRow(Markup.Escape(proposedBy), Markup.Escape(approvedBy), Markup.Escape(what));
}
