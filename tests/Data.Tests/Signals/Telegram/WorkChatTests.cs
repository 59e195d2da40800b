using System.Collections.Concurrent;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Chats;
using TraderHub.Core.Signals.Telegram;
using TraderHub.Core.Signals.Telegram.Commands;
using TraderHub.Core.Signals.Telegram.Updates;
using TraderHub.Data.Signals;
using TraderHub.Data.Signals.Telegram;
using TraderHub.Data.Sql;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Signals.Telegram;

/// <summary>Updates are done once, in their order, whoever is told of them how often, and whoever dies.</summary>
public sealed class WorkChatTests
{
    private readonly ManualClock clock = new("2026-11-20T12:31:00Z");
    private readonly TestBot bot = new();

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    [Trait("Case", "S05")]
    public async Task ExecuteAsync_OfOneUpdateFiveTimesOnTwoInstances_IsDoneOnce(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var chats = new CountingChats();
        var instances = new[] { On(place.Signals, chats), On(place.OpenAnotherSignals(), chats) };

        await Task.WhenAll(Enumerable.Range(0, 5).Select(i => instances[i % 2].Receive.ExecuteAsync(Command(77, "7", "/stop"), default)));

        Assert.Equal(1, chats.Writes);
        Assert.Equal(["update:12345:77:0"], await KeysAsync(place));
        Assert.Equal(["done"], await place.Signals.QueryAsync<string>("SELECT status FROM telegram_updates WHERE payload IS NULL AND decision IS NULL", null, default));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ExecuteAsync_OfManyChats_DoesEachChatsInOrder(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var chats = new CountingChats();
        var instances = new[] { On(place.Signals, chats), On(place.OpenAnotherSignals(), chats) };
        var ids = Enumerable.Range(1, 60).ToArray();
        await Parallel.ForEachAsync(ids.Reverse(), async (id, token) => await instances[id % 2].Updates.StoreAsync(Command(id, $"{id % 6}", "/stop"), token));

        await Task.WhenAll(instances.Select(instance => instance.Work.ExecuteAsync(TimeSpan.FromMinutes(1), default)));

        foreach (var (chatId, done) in chats.Done)
        {
            Assert.Equal(ids.Where(id => $"{id % 6}" == chatId).Select(id => OperationId.Of("telegram", "12345", $"{id}", "change")), done);
        }

        Assert.Equal(60, chats.Writes);
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ExecuteAsync_AfterAKillBehindTheWrite_AnswersAsDecidedBefore(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var chats = new CountingChats { DiesAfterWriting = true };
        var instance = On(place.Signals, chats);

        await Assert.ThrowsAsync<InvalidOperationException>(() => instance.Receive.ExecuteAsync(Command(77, "7", "/start"), default));
        chats.DiesAfterWriting = false;
        clock.Advance(TimeSpan.FromSeconds(31));
        await instance.Work.ExecuteAsync(TimeSpan.FromMinutes(1), default);

        Assert.Equal((1, 1), (chats.Writes, chats.Decisions));
        Assert.Contains("Subscribed", Assert.Single(await place.Signals.QueryAsync<string>("SELECT text FROM telegram_outbox", null, default)), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ExecuteAsync_OnAChatThatOthersChanged_DecidesAnew(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var chats = new CountingChats { StaleTimes = 2 };

        await On(place.Signals, chats).Receive.ExecuteAsync(Command(77, "7", "/start"), default);

        Assert.Equal((1, 3), (chats.Writes, chats.Decisions));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ExecuteAsync_OfAnUpdateThatFailsTenTimes_SetsItAside_AndGoesOnWithTheNext(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var chats = new CountingChats { FailsOn = OperationId.Of("telegram", "12345", "1", "change") };
        var instance = On(place.Signals, chats);
        await instance.Receive.ExecuteAsync(Command(1, "7", "/start"), default);
        await instance.Receive.ExecuteAsync(Command(2, "7", "/stop"), default);

        var runs = 0;
        for (; chats.Writes == 0 && runs < 20; runs++)
        {
            clock.Advance(TimeSpan.FromMinutes(6));
            await instance.Work.ExecuteAsync(TimeSpan.FromMinutes(1), default);
        }

        Assert.Equal(9, runs);
        Assert.Equal(
            ["1 failed 10", "2 done 0"],
            await place.Signals.QueryAsync<string>("SELECT update_id || ' ' || status || ' ' || attempts FROM telegram_updates ORDER BY update_id", null, default));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    [Trait("Case", "S08")]
    public async Task ExecuteAsync_OfACommandForAnotherBot_IsDoneInSilence_AndWaitsWhileTheNameIsNotKnown(DatabaseProvider provider)
    {
        await using var place = await Databases.CreateSignalsAsync(provider);
        var chats = new CountingChats();
        var instance = On(place.Signals, chats);
        bot.Name = null;
        await instance.Receive.ExecuteAsync(Command(1, "7", "/start@OtherBot"), default);
        await instance.Receive.ExecuteAsync(Command(2, "7", "/start@tradebot"), default);
        Assert.Equal(2, await place.Signals.FindAsync<long>("SELECT COUNT(*) FROM telegram_updates WHERE status = 'waiting'", null, default));

        bot.Name = "TradeBot";
        clock.Advance(TimeSpan.FromMinutes(6));
        await instance.Work.ExecuteAsync(TimeSpan.FromMinutes(1), default);

        Assert.Equal(["update:12345:2:0"], await KeysAsync(place));
        Assert.Equal(1, chats.Writes);
    }

    private static IncomingUpdate Command(long id, string chatId, string text) => new(id, UpdateKind.Command, chatId) { Text = text, UserId = 9 };

    private static Task<IReadOnlyList<string>> KeysAsync(TestPlace place) =>
        place.Signals.QueryAsync<string>("SELECT message_key FROM telegram_outbox ORDER BY message_key", null, default);

    private (ReceiveUpdate Receive, IWorkUpdates Work, ITelegramUpdates Updates) On(SignalsDatabase database, CountingChats chats)
    {
        var outbox = new AddingOutbox(database);
        var updates = new SqlTelegramUpdates(database, bot, outbox, clock);
        var moves = new SqlChatMoves(database, clock);
        ICommand[] commands = [new StartCommand(new LinkCommand(new NoLinks())), new StopCommand()];
        var handle = new HandleUpdate(updates, chats, new PlanUpdate(commands, bot, moves, new NoMoves(), new OutboxChats(database, clock)), bot, clock);
        var workChat = new WorkChat(updates, handle);
        return (new ReceiveUpdate(updates, workChat, outbox, clock), new WorkUpdates(updates, workChat, clock), updates);
    }

    /// <summary>Chats that do what they are asked, and count it.</summary>
    private sealed class CountingChats : IChatStore
    {
        private readonly ConcurrentDictionary<OperationId, bool> done = [];

        public ConcurrentDictionary<string, ConcurrentQueue<OperationId>> Done { get; } = [];

        public int Writes => done.Count;

        public int Decisions { get; private set; }

        public bool DiesAfterWriting { get; set; }

        public int StaleTimes { get; set; }

        public OperationId? FailsOn { get; set; }

        public Task<ChatState> ReadAsync(string chatId, CancellationToken cancellationToken) => Task.FromResult(ChatState.Empty(chatId));

        public Task<Result<PreparedChange>> PrepareAsync(ChatChange change, CancellationToken cancellationToken)
        {
            Decisions++;
            return Task.FromResult<Result<PreparedChange>>(new PreparedChange(new ChatDecision(ChatOutcome.Done), new Dictionary<string, long>(), new Dictionary<string, string>()));
        }

        public Task<Result<ChatChanged>> WriteAsync(OperationId operation, ChatChange change, PreparedChange? prepared, bool isRetry, CancellationToken cancellationToken)
        {
            if (operation == FailsOn)
            {
                return Task.FromResult<Result<ChatChanged>>(new Error(ErrorKind.Unavailable, "WRITE_NOT_ACKNOWLEDGED", "The database did not answer."));
            }

            if (StaleTimes-- > 0)
            {
                return Task.FromResult<Result<ChatChanged>>(IChatStore.StaleDecision);
            }

            var isFirst = done.TryAdd(operation, true);
            Done.GetOrAdd(change.ChatId, _ => []).Enqueue(operation);
            return DiesAfterWriting
                ? throw new InvalidOperationException("The process dies here.")
                : Task.FromResult<Result<ChatChanged>>(new ChatChanged(isFirst ? prepared!.Decision : null, !isFirst));
        }
    }

    /// <summary>Messages that are kept and never sent.</summary>
    private sealed class AddingOutbox(SignalsDatabase database) : ITelegramOutbox
    {
        public async Task AddAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
        {
            foreach (var message in messages)
            {
                await database.ExecuteAsync(
                    "INSERT INTO telegram_outbox (chat_id, message_key, status, created_at, text) VALUES (@ChatId, @Key, 'waiting', 0, @Html)", message, cancellationToken);
            }
        }

        public Task SendAsync(string chatId, TimeSpan atMost, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task SendAllAsync(TimeSpan atMost, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class TestBot : ITelegramBot
    {
        public string? Name { get; set; } = "TradeBot";

        public bool IsConfigured => true;

        public long BotId => 12345;

        public Task<SendOutcome> SendAsync(string chatId, string text, bool isHtml, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<string?> FindNameAsync(CancellationToken cancellationToken) => Task.FromResult(Name);

        public Task<string?> FindChatTitleAsync(string chatId, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

        public Task<bool?> IsAdministratorAsync(string chatId, long userId, CancellationToken cancellationToken) => Task.FromResult<bool?>(null);
    }

    private sealed class NoMoves : IMoveChat
    {
        public Task ExecuteAsync(string oldChatId, string newChatId, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
