using Google.Protobuf.WellKnownTypes;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Rules;

internal static class RuleMapping
{
    /// <summary>A rule with its stack, and behind it what is proposed or was rejected.</summary>
    /// <param name="now">The instant stages are of.</param>
    public static V1.Rule Of(
        RuleRow row, Rule rule, IReadOnlyList<AmendmentRow> own, KnowledgeHead head, PackFiles pack, DateTimeOffset now, bool withTests)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var message = new V1.Rule
        {
            Name = row.Name,
            Uid = row.Id.ToString("D"),
            CreateTime = Timestamp.FromDateTimeOffset(row.CreatedAt),
            UpdateTime = Timestamp.FromDateTimeOffset(row.UpdatedAt),
            Etag = Etag.Of(row.Version),
            Title = row.Title,
            Origin = row.Origin,
        };
        var byNumber = own.ToDictionary(amendment => amendment.Number);
        for (var index = 0; index < rule.Amendments.Count; index++)
        {
            var amendment = rule.Amendments[index];
            var stage = AmendmentStages.OfPublished(rule, amendment, today, head.KnownNow(now));
            message.Amendments.Add(byNumber.Remove(amendment.Number, out var published)
                ? Of(published, amendment.Content, stage, withTests)
                : OfPack(amendment, index + 1, stage, row, pack));
        }

        foreach (var proposal in byNumber.Values.OrderBy(amendment => amendment.Number))
        {
            var content = Parsing.AmendmentParser.Parse(proposal.Definition, proposal.Name, head.Rules.Vocabulary);
            message.Amendments.Add(Of(proposal, content, AmendmentStages.OfProposal(proposal), withTests));
        }

        return message;
    }

    public static V1.Amendment Of(AmendmentRow row, AmendmentContent content, V1.AmendmentStage stage, bool withTests)
    {
        var message = Of(content);
        message.Name = row.Name;
        message.Uid = row.Id.ToString("D");
        message.CreateTime = Timestamp.FromDateTimeOffset(row.CreatedAt);
        message.UpdateTime = Timestamp.FromDateTimeOffset(row.UpdatedAt);
        message.Etag = Etag.Of(row.Version);
        message.State = row.State switch
        {
            AmendmentRow.Published => V1.Amendment.Types.State.Published,
            AmendmentRow.Rejected => V1.Amendment.Types.State.Rejected,
            _ => V1.Amendment.Types.State.Proposed,
        };
        message.RecordTime = row.RecordedAt is { } recordedAt ? Timestamp.FromDateTimeOffset(recordedAt) : null;
        message.Definition = row.Definition;
        message.ProposedBy = row.ProposedBy;
        message.DecidedBy = row.DecidedBy ?? "";
        message.Position = (int)row.Position;
        message.TestsDigest = row.TestsDigest;
        message.ReviewedBy = row.ReviewedBy ?? "";
        message.ReviewTime = row.ReviewedAt is { } reviewedAt ? Timestamp.FromDateTimeOffset(reviewedAt) : null;
        message.ReviewNote = row.ReviewNote;
        message.Stage = stage;
        if (withTests)
            message.Tests.AddRange(Testing.StoredTests.Read(row.Tests));
        return message;
    }

    private static V1.Amendment OfPack(Amendment amendment, int position, V1.AmendmentStage stage, RuleRow rule, PackFiles pack)
    {
        var message = Of(amendment.Content);
        message.Name = amendment.Name;
        message.Uid = StableId.Of(amendment.Name).ToString("D");
        message.CreateTime = Timestamp.FromDateTimeOffset(rule.CreatedAt);
        message.UpdateTime = message.CreateTime;
        message.Etag = Etag.Of(1);
        message.State = V1.Amendment.Types.State.Published;
        message.RecordTime = amendment.RecordedAt is { } recordedAt ? Timestamp.FromDateTimeOffset(recordedAt) : null;
        message.Definition = pack.Definitions[amendment.Name];
        message.Position = position;
        message.Stage = stage;
        return message;
    }

    private static V1.Amendment Of(AmendmentContent content) => new()
    {
        EffectiveFrom = WireDate.Of(content.Effective.From),
        EffectiveTo = WireDate.Of(content.Effective.To),
        Status = content.Status switch
        {
            AmendmentStatus.InForce => V1.Amendment.Types.Status.InForce,
            AmendmentStatus.Suspended => V1.Amendment.Types.Status.Suspended,
            AmendmentStatus.NotEnforced => V1.Amendment.Types.Status.NotEnforced,
            _ => V1.Amendment.Types.Status.Repealed,
        },
        Citation = content.Citation,
        Source = content.Source,
        Certainty = WireCodes.Of(content.Certainty),
        Summary = content.Sentence,
        Digest = content.Digest,
    };
}
