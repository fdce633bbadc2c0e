using System.Globalization;

namespace OrderTracking.Host.Import;

/// <summary>What to import, from where and as whom.</summary>
internal sealed record ImportOptions
{
    /// <summary>A path; blank: <see cref="Url"/> is given.</summary>
    public string File { get; init; } = "";

    public string Url { get; init; } = "";

    public string List { get; init; } = "";

    /// <summary>The day the list was published as it is; today (UTC) where it is downloaded and none is given.</summary>
    public DateOnly? AsOf { get; init; }

    public string Subject { get; init; } = "";

    /// <summary>Takes one option of the command; null: it is none of its.</summary>
    /// <exception cref="UsageException">The value is not what the option takes.</exception>
    public ImportOptions? With(string option, Func<string> value) => option switch
    {
        "--file" => this with { File = value() },
        "--url" => this with { Url = value() },
        "--list" => this with { List = value() },
        "--as-of" => this with { AsOf = Date(value()) },
        "--subject" => this with { Subject = value() },
        _ => null,
    };

    /// <exception cref="UsageException">An option is missing or too many.</exception>
    public void Check()
    {
        if (File.Length == 0 == (Url.Length == 0))
            throw new UsageException("import-list needs --file PATH or --url URL, one of them.");
        if (List.Length == 0)
            throw new UsageException("import-list needs --list NAME, such as CSL or DPL.");
        if (Subject.Length == 0)
            throw new UsageException("import-list needs --subject NAME: who imports is recorded, and may not approve.");
        if (File.Length > 0 && AsOf is null)
            throw new UsageException("import-list --file needs --as-of YYYY-MM-DD: the day the list was published as it is.");
        if (Url.Length > 0 && !(Uri.TryCreate(Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
            throw new UsageException($"--url is '{Url}'; allowed are http and https.");
    }

    private static DateOnly Date(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new UsageException($"--as-of is '{text}'; allowed is a date such as 2025-03-01.");
}
