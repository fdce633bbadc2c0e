namespace OrderTracking.ComplianceService.Tests.Registers;

internal static class Rows
{
    // A first call is recorded whatever it asks for, and so is one that only wants to know.
    private const string EntriesOfActs = "select count(*) from audit_chain where kind <> 'SIGN_IN'";

    /// <summary>How many rows each table of the database has, without who signed in.</summary>
    // Leases tell which process does what for a moment, whoever asks what.
    public static Task<string> AllRows(this RegistersHost host) => host.Db.Read(async tx =>
    {
        var counts = new List<string>();
        foreach (var table in await tx.Query<string>("select name from sqlite_master where type = 'table' and name <> 'leases' order by name"))
            counts.Add($"{table}={await tx.Scalar<long>(table == "audit_chain" ? EntriesOfActs : $"select count(*) from {table}")}");
        return string.Join(' ', counts);
    });
}
