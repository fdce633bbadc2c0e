namespace OrderTracking.ComplianceService.Tests.Registers;

internal static class Rows
{
    /// <summary>How many rows each table of the database has.</summary>
    public static Task<string> AllRows(this RegistersHost host) => host.Db.Read(async tx =>
    {
        var counts = new List<string>();
        foreach (var table in await tx.Query<string>("select name from sqlite_master where type = 'table' order by name"))
            counts.Add($"{table}={await tx.Scalar<long>($"select count(*) from {table}")}");
        return string.Join(' ', counts);
    });
}
