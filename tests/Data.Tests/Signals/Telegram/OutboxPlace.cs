using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Chats;
using TraderHub.Core.Signals.Telegram;
using TraderHub.Data.Platform;
using TraderHub.Data.Signals;
using TraderHub.Data.Signals.Telegram;
using TraderHub.Data.Sql;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Signals.Telegram;

/// <summary>A signals database, a double of Telegram, and as many instances of the outbox as a test asks for.</summary>
internal sealed class OutboxPlace : IAsyncDisposable
{
    private readonly TestPlace place;
    private readonly List<ServiceProvider> instances = [];

    private OutboxPlace(TestPlace place, TelegramDouble telegram, TimeProvider clock)
    {
        this.place = place;
        Telegram = telegram;
        Clock = clock;
    }

    public TelegramDouble Telegram { get; }

    public TimeProvider Clock { get; }

    public SignalsDatabase Database => place.Signals;

    public CapturedLog Log { get; } = new();

    /// <summary>The chats that were unsubscribed, and by which operation.</summary>
    public ConcurrentQueue<(OperationId Operation, string ChatId)> Unsubscribed { get; } = new();

    /// <summary>The moves that were asked for.</summary>
    public ConcurrentQueue<(string Old, string New)> Moves { get; } = new();

    /// <summary>How many of the next changes of chats fail.</summary>
    public int FailingChanges { get; set; }

    public static async Task<OutboxPlace> CreateAsync(DatabaseProvider provider, TimeProvider? clock = null) =>
        new(await Databases.CreateSignalsAsync(provider), await TelegramDouble.StartAsync(clock), clock ?? TimeProvider.System);

    /// <summary>An instance, as another process would be: it has its own connections, and remembers nothing.</summary>
    public ServiceProvider Open(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(Telegram.Settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value)))
            .AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value)))
            .Build();
        var services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log))
            .AddSingleton(Clock)
            .AddSingleton(place.Options)
            .AddSingleton<SignalsDatabase>()
            .AddSingleton<IChatStore>(new Chats(this))
            .AddSingleton<IMoveChat>(new Mover(this))
            .AddSingleton<IChatMoves, SqlChatMoves>()
            .AddTelegramData(new SettingsReader(configuration))
            .BuildServiceProvider();
        instances.Add(services);
        return services;
    }

    public ITelegramOutbox OpenOutbox() => Open().GetRequiredService<ITelegramOutbox>();

    /// <summary>Time passes: on a clock that the test moves, or, for a server's, by what is stored.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        if (Clock is ManualClock manual && Database.FilePath is not null)
        {
            manual.Advance(time);
            return;
        }

        var by = new { By = (long)time.TotalMilliseconds };
        await Database.ExecuteAsync("UPDATE telegram_chats SET next_at = next_at - @By, send_until = send_until - @By", by, CancellationToken.None);
        await Database.ExecuteAsync("UPDATE telegram_rate SET filled_at = filled_at - @By", by, CancellationToken.None);
    }

    /// <summary>The messages of a chat, as <c>key status attempts</c>.</summary>
    public async Task<IReadOnlyList<string>> StatesAsync(string chatId) => await Database.QueryAsync<string>(
        "SELECT message_key || ' ' || status || ' ' || attempts FROM telegram_outbox WHERE chat_id = @ChatId ORDER BY id", new { ChatId = chatId }, CancellationToken.None);

    /// <summary>A number that a query finds.</summary>
    public Task<long> CountAsync(string sql) => Database.FindAsync<long>(sql, null, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in instances)
        {
            await instance.DisposeAsync();
        }

        await Telegram.DisposeAsync();
        await place.DisposeAsync();
    }

    private Result<ChatChanged> Unsubscribe(OperationId operation, string chatId)
    {
        if (FailingChanges > 0)
        {
            FailingChanges--;
            throw new StorageException("signals", "WriteAsync", new IOException("The disk is full."));
        }

        Unsubscribed.Enqueue((operation, chatId));
        return new ChatChanged(new ChatDecision(ChatOutcome.Done) { IsSubscribed = false }, WasDoneBefore: false);
    }

    private sealed class Chats(OutboxPlace place) : IChatStore
    {
        public Task<ChatState> ReadAsync(string chatId, CancellationToken cancellationToken) => Task.FromResult(ChatState.Empty(chatId));

        public Task<Result<PreparedChange>> PrepareAsync(ChatChange change, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Result<ChatChanged>> WriteAsync(
            OperationId operation, ChatChange change, PreparedChange? prepared, bool isRetry, CancellationToken cancellationToken) =>
            Task.FromResult(place.Unsubscribe(operation, Assert.IsType<Unsubscribe>(change).ChatId));
    }

    private sealed class Mover(OutboxPlace place) : IMoveChat
    {
        public Task ExecuteAsync(string oldChatId, string newChatId, CancellationToken cancellationToken)
        {
            place.Moves.Enqueue((oldChatId, newChatId));
            return Task.CompletedTask;
        }
    }
}
