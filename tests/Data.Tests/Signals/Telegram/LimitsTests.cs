using TraderHub.Core.Signals.Telegram;
using TraderHub.Data.Sql;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Signals.Telegram;

public sealed class LimitsTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(500);

    [SkippableTheory]
    [Trait("Case", "S11")]
    [InlineData(DatabaseProvider.Sqlite, 37)]
    [InlineData(DatabaseProvider.Postgres, 37)]
    [InlineData(DatabaseProvider.Sqlite, 3019)]
    [InlineData(DatabaseProvider.Postgres, 3019)]
    public async Task Send_RefusedForSomeSeconds_WaitsThemOutOverARestartAndCostsNoTry(DatabaseProvider provider, int seconds)
    {
        await using var place = await CreateAsync(provider);
        place.Telegram.AnswerOnce("7", TelegramDouble.TooMany(seconds));
        var first = place.OpenOutbox();
        await AddAsync(first, ("7", "a", "first"), ("8", "b", "other"));
        await first.SendAllAsync(Short, CancellationToken.None);
        Assert.Equal(["7", "8"], place.Telegram.Calls.Select(call => call.ChatId).Order());

        await place.PassAsync(TimeSpan.FromSeconds(10));
        var second = place.OpenOutbox();
        await second.SendAllAsync(Short, CancellationToken.None);
        await second.SendAsync("7", Short, CancellationToken.None);
        await place.PassAsync(TimeSpan.FromSeconds(seconds - 12));
        await second.SendAllAsync(Short, CancellationToken.None);
        Assert.Equal(2, place.Telegram.Calls.Count);
        Assert.Equal(["a waiting 0"], await place.StatesAsync("7"));

        await place.PassAsync(TimeSpan.FromSeconds(3));
        await second.SendAllAsync(Short, CancellationToken.None);
        Assert.Equal(["a sent 0"], await place.StatesAsync("7"));
    }

    [SkippableTheory]
    [Trait("Case", "S11")]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Send_RefusedWithoutATime_BacksOffFromASecondAndNeverFails(DatabaseProvider provider)
    {
        await using var place = await CreateAsync(provider);
        place.Telegram.Answer("7", TelegramDouble.TooMany(null));
        var outbox = place.OpenOutbox();
        await AddAsync(outbox, ("7", "a", "first"));

        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300 })
        {
            var before = place.Telegram.Calls.Count;
            await outbox.SendAllAsync(Short, CancellationToken.None);
            Assert.Equal(before + 1, place.Telegram.Calls.Count);
            var wait = await place.CountAsync($"SELECT next_at - {(provider == DatabaseProvider.Sqlite ? ((ManualClock)place.Clock).GetUtcNow().ToUnixTimeMilliseconds() : "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)")} FROM telegram_chats");
            Assert.InRange(wait, (seconds * 1000) - 900, seconds * 1000);
            await place.PassAsync(TimeSpan.FromSeconds(seconds));
        }

        place.Telegram.Accept("7");
        await outbox.SendAllAsync(Short, CancellationToken.None);
        Assert.Equal(["a sent 0"], await place.StatesAsync("7"));
        Assert.Equal(0, await place.CountAsync("SELECT too_many FROM telegram_chats"));
    }

    [SkippableTheory]
    [Trait("Case", "S11")]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Send_RefusedForSeveralChatsInARow_StopsAllForThatTime(DatabaseProvider provider)
    {
        await using var place = await CreateAsync(provider);
        var outbox = place.OpenOutbox();
        foreach (var chat in new[] { "1", "2", "3" })
        {
            place.Telegram.AnswerOnce(chat, TelegramDouble.TooMany(37));
            await AddAsync(outbox, (chat, chat, "text"));
            await outbox.SendAsync(chat, Short, CancellationToken.None);
        }

        await AddAsync(outbox, ("4", "4", "text"));
        await place.OpenOutbox().SendAllAsync(Short, CancellationToken.None);
        Assert.Equal(3, place.Telegram.Calls.Count);

        await place.PassAsync(TimeSpan.FromSeconds(38));
        await SendUntilDoneAsync(place, outbox);
        Assert.Equal(4, place.Telegram.Sent.Count);
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Send_ByTwoInstances_KeepsEachChatsOrderAndTheLimits_AndSendsNothingTwice(DatabaseProvider provider)
    {
        await using var place = await OutboxPlace.CreateAsync(provider);
        place.Telegram.Latency = TimeSpan.FromMilliseconds(60);
        ITelegramOutbox[] outboxes = [place.OpenOutbox(), place.OpenOutbox()];
        var messages = Enumerable.Range(0, 80).Select(i => new OutgoingMessage($"{i % 40 + 1}", $"m{i}", $"{i / 40}")).ToList();
        await Task.WhenAll(outboxes.Select(outbox => outbox.AddAsync(messages, CancellationToken.None)));

        await Task.WhenAll(outboxes.Select(outbox => outbox.SendAllAsync(TimeSpan.FromSeconds(30), CancellationToken.None)));

        Assert.Equal(80, place.Telegram.Sent.Count);
        Assert.All(place.Telegram.Sent.GroupBy(call => call.ChatId), chat => Assert.Equal(["0", "1"], chat.Select(call => call.Text)));
        Assert.Empty(place.Telegram.Violations);
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Send_WhoLostTheLease_DoesNotMarkTheMessage(DatabaseProvider provider)
    {
        await using var place = await OutboxPlace.CreateAsync(provider);
        var answer = new TaskCompletionSource();
        place.Telegram.AnswerOnce("7", async http =>
        {
            await answer.Task;
            await TelegramDouble.Refuse(400, "Bad Request: too late")(http);
        });
        var (first, second) = (place.OpenOutbox(), place.OpenOutbox());
        await AddAsync(first, ("7", "a", "text"));

        var sending = first.SendAllAsync(Short, CancellationToken.None);
        await Eventually.TrueAsync(() => !place.Telegram.Calls.IsEmpty);
        await second.SendAllAsync(Short, CancellationToken.None);
        Assert.Single(place.Telegram.Calls);
        await place.PassAsync(TimeSpan.Zero);
        await place.Database.ExecuteAsync("UPDATE telegram_chats SET send_until = 0", null, CancellationToken.None);
        await second.SendAllAsync(Short, CancellationToken.None);
        answer.SetResult();
        await sending;

        Assert.Equal(["a sent 0"], await place.StatesAsync("7"));
        Assert.Contains(place.Log.Lines, line => line.Contains("longer than its lease", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Add_InATransactionThatIsRolledBack_AddsNothing_AndAKeyIsAddedOnce(DatabaseProvider provider)
    {
        await using var place = await CreateAsync(provider);
        var instance = place.Open();
        var outbox = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<ITelegramOutbox>(instance);
        var database = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<TraderHub.Data.Signals.SignalsDatabase>(instance);

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.InTransactionAsync<bool>(
            async () =>
            {
                await AddAsync(outbox, ("7", "a", "text"));
                throw new InvalidOperationException("The rest failed.");
            },
            CancellationToken.None));
        Assert.Empty(await place.StatesAsync("7"));

        await AddAsync(outbox, ("7", "a", "text"), ("7", "a", "text"));
        await AddAsync(outbox, ("7", "a", new string('x', 5000)));
        Assert.Equal(["a waiting 0"], await place.StatesAsync("7"));
    }

    private static Task<OutboxPlace> CreateAsync(DatabaseProvider provider) =>
        OutboxPlace.CreateAsync(provider, provider == DatabaseProvider.Sqlite ? new ManualClock("2026-11-20T14:40:00Z") : null);

    private static async Task SendUntilDoneAsync(OutboxPlace place, ITelegramOutbox outbox)
    {
        for (var i = 0; i < 4; i++)
        {
            // On a clock that stands still nobody would wait to the end.
            var sending = outbox.SendAllAsync(Short, CancellationToken.None);
            while (!sending.IsCompleted)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
                (place.Clock as ManualClock)?.Advance(TimeSpan.FromMilliseconds(10));
            }

            await sending;
            await place.PassAsync(TimeSpan.FromSeconds(1));
        }
    }

    private static Task AddAsync(ITelegramOutbox outbox, params (string ChatId, string Key, string Html)[] messages) =>
        outbox.AddAsync([.. messages.Select(message => new OutgoingMessage(message.ChatId, message.Key, message.Html))], CancellationToken.None);
}
