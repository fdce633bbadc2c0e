namespace OrderTracking.ComplianceService.Rules;

/// <summary>
/// Takes into memory what another process recorded, within half a second, for what-ifs. Nothing that is stored or permitted rests on it:
/// transactions read the head in the database.
/// </summary>
internal sealed partial class KnowledgeRefresh(Knowledge knowledge, ILogger<KnowledgeRefresh> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // By the wall clock: a simulated one may stand still.
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await knowledge.Refresh(stoppingToken);
            }
#pragma warning disable CA1031 // Whatever went wrong, the next look is a moment away; what-ifs say as of when they were answered.
            catch (Exception error) when (error is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogFailed(logger, error);
            }
        }
    }

    [LoggerMessage(EventId = 3003, EventName = "KnowledgeRefreshFailed", Level = LogLevel.Error, Message = "What other processes recorded could not be read")]
    private static partial void LogFailed(ILogger logger, Exception error);
}
