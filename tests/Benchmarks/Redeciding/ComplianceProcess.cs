using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using OrderTracking.TestKit;

namespace OrderTracking.Benchmarks.Redeciding;

/// <summary>
/// The compliance service in a process of its own over many open shipments, and a copy of its file as it was before. ORDERTRACKING_SHIPMENTS
/// says how many.
/// </summary>
internal sealed class ComplianceProcess : IAsyncDisposable
{
    private static readonly TimeSpan QuietSpan = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan QuietWithin = TimeSpan.FromMinutes(5);
    private readonly string _data = Directory.CreateTempSubdirectory("ordertracking-open-").FullName;
    private readonly string _copy = Directory.CreateTempSubdirectory("ordertracking-limit-").FullName;
    private readonly HostProcess _host;
    private SqliteConnection? _looking;

    private ComplianceProcess(int count, IReadOnlyList<ProductRow> rows)
    {
        (Count, Rows) = (count, rows);
        _host = new HostProcess(_data) { Program = Path.Combine(AppContext.BaseDirectory, "OrderTracking.ComplianceService.dll") };
    }

    public int Count { get; }

    public IReadOnlyList<ProductRow> Rows { get; }

    /// <summary>Where the copy is.</summary>
    public string Copy => _copy;

    public HostProcess Host => _host;

    public Shop Shop => new((name, role) => _host.As(name, role), TimeProvider.System);

    /// <summary>The most memory the process has had, in MB.</summary>
    public double PeakMegabytes
    {
        get
        {
            _host.Process.Refresh();
            return _host.Process.PeakWorkingSet64 / 1e6;
        }
    }

    public static async Task<ComplianceProcess> Start()
    {
        var asked = Environment.GetEnvironmentVariable("ORDERTRACKING_SHIPMENTS");
        var count = string.IsNullOrEmpty(asked) ? 1_000_000 : int.Parse(asked, CultureInfo.InvariantCulture);
        var process = new ComplianceProcess(count, await ProductRows.Make());
        await ShipmentsFile.Make(process._data, count, process.Rows);
        File.Copy(ShipmentsFile.PathIn(process._data), ShipmentsFile.PathIn(process._copy));
        await process._host.Start(("Logging__LogLevel__Default", "Warning"));
        process._looking = new SqliteConnection($"Data Source={ShipmentsFile.PathIn(process._data)};Mode=ReadOnly;Pooling=False");
        process._looking.Open();
        await process.Quiet();
        return process;
    }

    /// <summary>A number the committed rows of its file say, as any other process reads it.</summary>
    public long Look(string sql)
    {
        // CA2100: every text is made by a bar.
#pragma warning disable CA2100
        using var command = new SqliteCommand(sql, _looking);
#pragma warning restore CA2100
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until it has worked off everything: what it still does would be in the next measurement.</summary>
    public async Task Quiet()
    {
        var waited = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(waited) < QuietWithin)
        {
            _host.Process.Refresh();
            var before = _host.Process.TotalProcessorTime;
            await Task.Delay(QuietSpan);
            _host.Process.Refresh();
            if (_host.Process.TotalProcessorTime - before < QuietSpan / 5)
                return;
        }

        throw new TimeoutException("The service did not come to rest.");
    }

    public async ValueTask DisposeAsync()
    {
        _looking?.Dispose();
        await _host.DisposeAsync();
        Directory.Delete(_data, recursive: true);
        Directory.Delete(_copy, recursive: true);
    }
}
