using System.Security.Cryptography;
using RabbitMQ.Client;

namespace OrderTracking.TestKit.Brokers;

/// <summary>
/// A RabbitMQ for tests, found in this order: the address in <c>ORDERTRACKING_TEST_RABBITMQ</c>; a container of an image that is on
/// this machine already; a node of the RabbitMQ that is installed here. Tests keep apart by the prefix of their queues.
/// </summary>
public abstract class TestBroker : IAsyncDisposable
{
    /// <summary>The variable that names a broker.</summary>
    public const string AddressVariable = "ORDERTRACKING_TEST_RABBITMQ";

    /// <summary>What a test that finds no broker says when it is skipped.</summary>
    public const string Missing =
        $"RabbitMQ: {AddressVariable} (amqp://user:password@host:port/vhost) is not set, no Docker engine with a local image "
        + $"({ContainerBroker.ImageVariable}, default {ContainerBroker.ImageDefault}) answers, and no rabbitmq-server is installed.";

    private static readonly Lazy<Task<TestBroker?>> Shared = new(() => Start(own: false));

    /// <summary>Where it is, without the user.</summary>
    public abstract string Address { get; }

    /// <summary>Who may use it.</summary>
    public virtual string User => "guest";

    /// <summary>The user's password.</summary>
    public virtual string Password => "guest";

    /// <summary>Whether a test may end and start it: not where others use it too.</summary>
    public virtual bool CanBeStopped => false;

    /// <summary>The broker all tests of the process share; null where there is none. It ends with the process.</summary>
    public static Task<TestBroker?> Find() => Shared.Value;

    /// <summary>A broker of the test's own, to be stopped and killed; null where there is none.</summary>
    public static Task<TestBroker?> FindOwn() => Start(own: true);

    /// <summary>The settings that make a service use it, apart from other tests.</summary>
    public IReadOnlyDictionary<string, string?> Settings(string prefix) => new Dictionary<string, string?>
    {
        ["Messaging:Transport"] = "RabbitMq",
        ["Messaging:RabbitMq:Address"] = Address,
        ["Messaging:RabbitMq:User"] = User,
        ["Messaging:RabbitMq:Password"] = Password,
        ["Messaging:RabbitMq:Prefix"] = prefix,
    };

    /// <summary>A prefix nobody else uses.</summary>
    public static string NewPrefix() => $"t{RandomNumberGenerator.GetHexString(10, lowercase: true)}-";

    /// <summary>Connects to it, to look into its queues.</summary>
    public Task<IConnection> Connect() => new ConnectionFactory
    {
        Uri = new Uri(Address),
        UserName = User,
        Password = Password,
        AutomaticRecoveryEnabled = false,
    }.CreateConnectionAsync();

    /// <summary>Ends it as an operator would.</summary>
    public virtual Task Stop() => throw new NotSupportedException("This broker is not the test's own.");

    /// <summary>Ends it at once, as a power cut would (SIGKILL).</summary>
    public virtual Task Kill() => throw new NotSupportedException("This broker is not the test's own.");

    /// <summary>Starts it again, on the same data and the same port, and waits until it takes connections.</summary>
    public virtual Task Start() => throw new NotSupportedException("This broker is not the test's own.");

    /// <summary>Has its own tool, <c>rabbitmqctl</c>, do something.</summary>
    /// <exception cref="InvalidOperationException">It could not; with what it said.</exception>
    public virtual Task Control(params string[] arguments) => throw new NotSupportedException("This broker is not the test's own.");

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private static async Task<TestBroker?> Start(bool own)
    {
        if (!own && Environment.GetEnvironmentVariable(AddressVariable) is { Length: > 0 } address)
            return new GivenBroker(new Uri(address));
        TestBroker? broker = await ContainerBroker.TryCreate() ?? (TestBroker?)LocalBroker.TryCreate();
        if (broker is null)
            return null;
        await broker.Start();
        // The process may end without anybody having disposed of it.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => broker.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(10));
        return broker;
    }

    private sealed class GivenBroker(Uri address) : TestBroker
    {
        private readonly string[] _user = Uri.UnescapeDataString(address.UserInfo).Split(':', 2);

        public override string Address => new UriBuilder(address) { UserName = "", Password = "" }.Uri.ToString();

        public override string User => _user[0].Length > 0 ? _user[0] : base.User;

        public override string Password => _user.Length > 1 ? _user[1] : base.Password;
    }
}
