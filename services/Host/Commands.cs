using OrderTracking.Admin;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.Host.Backup;
using OrderTracking.Host.Demo;
using OrderTracking.Host.Import;

namespace OrderTracking.Host;

/// <summary>The commands of the host.</summary>
internal static class Commands
{
    private const int Failed = 1;
    private const int Misused = 2;

    /// <summary>Of what mints a token: in the other mode only the provider does.</summary>
    internal const string OnlyDevelopment = "Security:Mode is 'Oidc'; allowed is 'Development': tokens come from the OpenID provider here.";

    /// <summary>Does what the command line asks for; the result is the exit code.</summary>
    public static async Task<int> Run(string[] args)
    {
        SharedArrays.MakeRoom();
        // It needs no setting of the services, and takes none.
        if (args is ["admin", .. var asked])
            return await Administer(asked);
        try
        {
            var line = CommandLine.Parse(args);
            return line.Verb switch
            {
                Verb.Help => Print(CommandLine.Usage),
                Verb.Health => await HealthProbe.Ask(HostApp.Configuration(line), line.HealthName, Console.Error),
                Verb.Token => Print(Token(line)),
                Verb.ImportList => await ImportCommand.Run(line.Import, Options(line)),
                Verb.Backup => Print(BackupCommand.Take(line.BackupDirectory, Options(line))),
                Verb.Restore => Print(BackupCommand.Restore(line.BackupDirectory, Options(line))),
                Verb.Migrate => Print(await HostApp.Migrate(line)),
                Verb.Demo => await DemoRun.Run(line),
                _ => await Serve(line),
            };
        }
        catch (UsageException usage)
        {
            await Console.Error.WriteLineAsync($"{usage.Message}\n\n{CommandLine.Usage}");
            return Misused;
        }
        catch (Exception refused) when (refused is InvalidOperationException or IOException or FormatException)
        {
            await Console.Error.WriteLineAsync($"OrderTracking cannot {(args is ["import-list" or "backup" or "restore", ..] ? args[0] : "start")}: {refused.Message}");
            return Failed;
        }
    }

    private static async Task<int> Administer(string[] asked)
    {
        using var ended = new CancellationTokenSource();
        // What was under way is reported before the end; who presses twice does not want to wait for it.
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = !ended.IsCancellationRequested;
            ended.Cancel();
        };
        return await AdminCommands.Run(
            asked,
            Console.Out,
            Console.Error,
            Environment.GetEnvironmentVariable,
            resultsOnTerminal: !Console.IsOutputRedirected,
            notesOnTerminal: !Console.IsErrorRedirected,
            ended.Token);
    }

    private static async Task<int> Serve(CommandLine line)
    {
        await using var app = HostApp.Build(line);
        await app.StartAsync();
        Print(Banner.Of(app));
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static string Token(CommandLine line)
    {
        var options = Options(line);
        if (options.Security.IsOidc)
            throw new InvalidOperationException(OnlyDevelopment);
        return new DevelopmentTokens(options.Storage.DataDirectory).Mint(line.Subject, line.Roles, line.Lifetime);
    }

    private static ServiceHostOptions Options(CommandLine line)
    {
        var options = ServiceHostOptions.From(HostApp.Configuration(line));
        options.Check();
        return options;
    }

    private static int Print(string text)
    {
        Console.Out.WriteLine(text);
        return 0;
    }
}
