namespace OrderTracking.Client;

/// <summary>Where OrderTracking is, who calls it, and how patiently.</summary>
public sealed class OrderTrackingClientOptions
{
    /// <summary>The address of every service that has none of its own, such as <c>https://tracking.example:5080</c>.</summary>
    public Uri? Address { get; set; }

    /// <summary>The address of the order service; null: <see cref="Address"/>.</summary>
    public Uri? OrdersAddress { get; set; }

    /// <summary>The address of the shipment service; null: <see cref="Address"/>.</summary>
    public Uri? ShipmentsAddress { get; set; }

    /// <summary>The address of the compliance service; null: <see cref="Address"/>.</summary>
    public Uri? ComplianceAddress { get; set; }

    /// <summary>Gives the bearer token of the next call, without <c>Bearer</c>; asked for each call, so it may renew. Null: no token is sent.</summary>
    public Func<CancellationToken, ValueTask<string>>? TokenProvider { get; set; }

    /// <summary>PEM file of the authorities the servers' certificates are checked against; null: those of the machine.</summary>
    public string? AuthorityFile { get; set; }

    /// <summary>PEM file of the certificate this caller shows; null: none.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>PEM file of its key; set exactly when <see cref="CertificateFile"/> is.</summary>
    public string? KeyFile { get; set; }

    /// <summary>The deadline of a unary call that brings none; it spans every try. Streams have only the caller's.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Gives each write without a <c>request_id</c> a new one, which makes it safe to repeat within the call. A caller who wants to repeat a call
    /// after its end, or after his own restart, chooses and keeps the id himself.
    /// </summary>
    public bool FillRequestIds { get; set; } = true;

    /// <summary>The largest message taken from a server, in bytes.</summary>
    public int MessageBytesMax { get; set; } = 16 * 1024 * 1024;

    /// <summary>Refuses what cannot work.</summary>
    /// <exception cref="InvalidOperationException">With the option, its value and what is allowed.</exception>
    public void Check()
    {
        foreach (var (name, address) in new[] { (nameof(OrdersAddress), OrdersAddress), (nameof(ShipmentsAddress), ShipmentsAddress), (nameof(ComplianceAddress), ComplianceAddress) })
            if ((address ?? Address) is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
                throw new InvalidOperationException($"{name} is '{address ?? Address}'; allowed is an absolute http or https address, here or as {nameof(Address)}.");
        if (Deadline <= TimeSpan.Zero)
            throw new InvalidOperationException($"{nameof(Deadline)} is '{Deadline}'; allowed is a time above zero.");
        if (MessageBytesMax <= 0)
            throw new InvalidOperationException($"{nameof(MessageBytesMax)} is '{MessageBytesMax}'; allowed is a number above zero.");
        if (CertificateFile is null != KeyFile is null)
            throw new InvalidOperationException($"{nameof(CertificateFile)} is '{CertificateFile}' and {nameof(KeyFile)} is '{KeyFile}'; allowed is both or neither.");
        foreach (var file in new[] { AuthorityFile, CertificateFile, KeyFile }.OfType<string>())
            if (!File.Exists(file))
                throw new InvalidOperationException($"'{file}' is named as a TLS file; allowed is a file that exists.");
    }
}
