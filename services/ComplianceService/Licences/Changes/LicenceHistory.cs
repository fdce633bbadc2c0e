using Google.Protobuf;
using OrderTracking.BuildingBlocks.Data;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Licences.Changes;

/// <summary>What made a version of a licence.</summary>
internal enum VersionChange
{
    Registered,
    Activated,
    Amended,
    Suspended,
    Resumed,
    Revoked,
    Notified,
    Answered,
}

/// <summary>Every version of a licence, kept whole and never changed.</summary>
internal static class LicenceHistory
{
    private const string InsertSql = """
        insert into licence_versions (licence_id, revision, change, actor, reason, body, created_at)
        values (@Id, @Revision, @Change, @Actor, @Reason, @Body, @Now)
        """;

    private const string CountSql = "select count(*) from licence_versions where licence_id = @Id";

    public static Task Keep(Tx tx, Licence licence, V1.Licence shown, LicenceAct act) => tx.Execute(
        InsertSql,
        new
        {
            licence.Id,
            licence.Revision,
            Change = Codes<VersionChange>.Of(act.Change),
            act.Actor,
            act.Reason,
            Body = shown.ToByteArray(),
            act.Now,
        });

    /// <summary>A licence registered before versions were kept gets its first one before it is changed.</summary>
    public static async Task KeepFirst(Tx tx, Licence licence)
    {
        if (await tx.Scalar<long>(CountSql, new { licence.Id }) > 0)
            return;
        var act = new LicenceAct(VersionChange.Registered, licence.RegisteredBy, "", licence.CreatedAt);
        await Keep(tx, licence with { Revision = 1 }, LicenceMapping.Of(licence, licence.CreatedAt), act);
    }
}
