using TraderHub.Core.Signals.Telegram;
using TraderHub.Data.Sql;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.Signals.Telegram;

public sealed class DeliveryTests
{
    [SkippableTheory]
    [Trait("Case", "S01")]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Send_ToAGroupThatBecameASupergroup_MovesItOnceAndSendsOnceToTheNewId(DatabaseProvider provider)
    {
        await using var place = await CreateAsync(provider);
        var outbox = place.OpenOutbox();
        place.Telegram.Answer("-4011", TelegramDouble.MovedTo("-1001557900011"));
        await AddAsync(outbox, ("-4011", "a", "first"), ("-4011", "b", "second"));

        await SendAllAsync(place, outbox, 4);

        Assert.Equal([("-4011", "-1001557900011")], place.Moves);
        Assert.Equal(["-1001557900011 first", "-1001557900011 second"], place.Telegram.Sent.Select(call => $"{call.ChatId} {call.Text}"));
        Assert.Equal(["a sent 0", "b sent 0"], await place.StatesAsync("-1001557900011"));
        Assert.Empty(place.Unsubscribed);
    }

    [SkippableTheory]
    [Trait("Case", "S01")]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Send_AfterAMoveThatAnUpdateTold_GoesToTheNewIdWithoutAskingTheOld(DatabaseProvider provider)
    {
        await using var place = await CreateAsync(provider);
        var outbox = place.OpenOutbox();
        await AddAsync(outbox, ("-4011", "a", "before"));
        await place.Database.ExecuteAsync("INSERT INTO chat_moves (old_chat_id, new_chat_id, begun_at) VALUES ('-4011', '-1001557900011', 1)", null, CancellationToken.None);
        await AddAsync(outbox, ("-4011", "b", "after"));

        await SendAllAsync(place, outbox, 4);

        Assert.All(place.Telegram.Calls, call => Assert.Equal("-1001557900011", call.ChatId));
        Assert.Equal(["before", "after"], place.Telegram.Sent.Select(call => call.Text).OrderDescending());
    }

    [SkippableTheory]
    [Trait("Case", "S03")]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Send_OfMarkupThatIsRefused_IsSentOnceMoreAsPlainText(DatabaseProvider provider)
    {
        await using var place = await CreateAsync(provider);
        var outbox = place.OpenOutbox();
        await AddAsync(outbox, ("7", "a", "<b>BRK.B & 1.5 &lt; 2"), ("7", "b", $"<b>{TelegramText.Escape("fix: a_b [x] (y) <first_last>")}</b>"));

        await SendAllAsync(place, outbox, 4);

        Assert.Equal(["HTML", null, "HTML"], place.Telegram.Calls.Select(call => call.ParseMode));
        Assert.Equal(["BRK.B & 1.5 < 2", "<b>fix: a_b [x] (y) &lt;first_last&gt;</b>"], place.Telegram.Sent.Select(call => call.Text));
        Assert.Equal(["a sent 0", "b sent 0"], await place.StatesAsync("7"));
        Assert.Empty(place.Unsubscribed);
    }

    [SkippableTheory]
    [Trait("Case", "S03")]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Send_OfTextThatIsRefusedAsPlainTextToo_FailsAndLetsTheNextGo(DatabaseProvider provider)
    {
        await using var place = await CreateAsync(provider);
        var outbox = place.OpenOutbox();
        place.Telegram.AnswerOnce("7", TelegramDouble.Refuse(400, "Bad Request: can't parse entities: Unsupported start tag"));
        place.Telegram.AnswerOnce("7", TelegramDouble.Refuse(400, "Bad Request: can't parse entities: again"));
        await AddAsync(outbox, ("7", "a", "first"), ("7", "b", "second"));

        await SendAllAsync(place, outbox, 4);

        Assert.Equal(["a failed 0", "b sent 0"], await place.StatesAsync("7"));
    }

    [SkippableTheory]
    [Trait("Case", "S04")]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Send_OfALongText_IsThreeMessagesInOrder(DatabaseProvider provider)
    {
        await using var place = await CreateAsync(provider);
        var outbox = place.OpenOutbox();
        var lines = Enumerable.Range(0, 400).Select(i => $"🟢 BUY SPY ${i:000}.50 2026-01-02").ToList();
        await AddAsync(outbox, ("7", "k", string.Join('\n', lines)));
        await AddAsync(outbox, ("7", "k", string.Join('\n', lines)));

        await SendAllAsync(place, outbox, 4);

        Assert.Equal(["k#1 sent 0", "k#2 sent 0", "k#3 sent 0"], await place.StatesAsync("7"));
        Assert.Equal(lines, place.Telegram.Sent.SelectMany(call => call.Text.Split('\n')));
    }

    public static TheoryData<DatabaseProvider, string> Leavings()
    {
        var data = new TheoryData<DatabaseProvider, string>();
        foreach (var provider in new[] { DatabaseProvider.Sqlite, DatabaseProvider.Postgres })
        {
            data.Add(provider, "Forbidden: bot was blocked by the user");
            data.Add(provider, "Forbidden: user is deactivated");
            data.Add(provider, "Forbidden: bot was kicked from the group chat");
            data.Add(provider, "Forbidden: bot can't initiate conversation with a user");
            data.Add(provider, "Nobody has seen this text before");
        }

        return data;
    }

    [SkippableTheory]
    [Trait("Case", "S10")]
    [MemberData(nameof(Leavings))]
    public async Task Send_RefusedWith403_UnsubscribesTheChatAndDropsItsMessages(DatabaseProvider provider, string description)
    {
        await using var place = await CreateAsync(provider);
        var outbox = place.OpenOutbox();
        place.Telegram.Answer("7", TelegramDouble.Refuse(403, description));
        await AddAsync(outbox, ("7", "a", "first"), ("8", "b", "other"), ("7", "c", "second"));
        place.FailingChanges = 1;

        await SendAllAsync(place, outbox, 1);
        Assert.Equal(["a waiting 0", "c waiting 0"], await place.StatesAsync("7"));
        await place.PassAsync(TimeSpan.FromMinutes(1));
        await SendAllAsync(place, outbox, 2);

        Assert.Equal("7", Assert.Single(place.Unsubscribed).ChatId);
        Assert.Equal(["a dropped 0", "c dropped 0"], await place.StatesAsync("7"));
        Assert.Equal(["b sent 0"], await place.StatesAsync("8"));
        Assert.Equal(0, await place.CountAsync("SELECT COUNT(*) FROM telegram_outbox WHERE text IS NOT NULL"));

        place.Telegram.Accept("7");
        await place.PassAsync(TimeSpan.FromSeconds(2));
        await AddAsync(outbox, ("7", "d", "again"));
        await SendAllAsync(place, outbox, 1);
        Assert.Equal("again", place.Telegram.Sent[^1].Text);
    }

    [SkippableTheory]
    [Trait("Case", "S10")]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Send_ToAChatThatIsNotFound_FailsAndFlagsTheChatWithoutUnsubscribing(DatabaseProvider provider)
    {
        await using var place = await CreateAsync(provider);
        var outbox = place.OpenOutbox();
        place.Telegram.AnswerOnce("7", TelegramDouble.Refuse(400, "Bad Request: chat not found"));
        await AddAsync(outbox, ("7", "a", "first"));

        await SendAllAsync(place, outbox, 1);
        Assert.Equal(["a failed 0"], await place.StatesAsync("7"));
        Assert.Equal(1, await place.CountAsync("SELECT COUNT(*) FROM telegram_chats WHERE not_found_at IS NOT NULL"));
        Assert.Empty(place.Unsubscribed);

        await place.PassAsync(TimeSpan.FromSeconds(2));
        await AddAsync(outbox, ("7", "b", "second"));
        await SendAllAsync(place, outbox, 1);
        Assert.Equal(0, await place.CountAsync("SELECT COUNT(*) FROM telegram_chats WHERE not_found_at IS NOT NULL"));
    }

    public static TheoryData<DatabaseProvider, int, string, string> Outages()
    {
        var data = new TheoryData<DatabaseProvider, int, string, string>();
        foreach (var provider in new[] { DatabaseProvider.Sqlite, DatabaseProvider.Postgres })
        {
            data.Add(provider, 500, "application/json", """{"ok":false,"error_code":500,"description":"Internal Server Error"}""");
            data.Add(provider, 502, "text/html", "<html>Bad Gateway</html>");
            data.Add(provider, 200, "text/html", "<html>Sign in to this network</html>");
            data.Add(provider, 403, "text/html", "<html>The proxy forbids it</html>");
            data.Add(provider, 302, "text/html", string.Empty);
            data.Add(provider, 401, "application/json", """{"ok":false,"error_code":401,"description":"Unauthorized"}""");
        }

        return data;
    }

    [SkippableTheory]
    [Trait("Case", "S10")]
    [MemberData(nameof(Outages))]
    public async Task Send_WhileTheApiFails_IsTriedAgainLaterAndLaterTenTimes(DatabaseProvider provider, int status, string contentType, string body)
    {
        await using var place = await CreateAsync(provider);
        var outbox = place.OpenOutbox();
        place.Telegram.Answer("7", TelegramDouble.With(status, contentType, body));
        await AddAsync(outbox, ("7", "a", "first"), ("7", "b", "second"));

        await outbox.SendAllAsync(TimeSpan.FromMilliseconds(500), CancellationToken.None);
        Assert.Equal(["a waiting 1", "b waiting 0"], await place.StatesAsync("7"));
        for (var attempt = 2; attempt <= 10; attempt++)
        {
            var wait = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempt - 2), 300));
            await place.PassAsync(wait - TimeSpan.FromMilliseconds(provider == DatabaseProvider.Postgres ? 900 : 1));
            await outbox.SendAllAsync(TimeSpan.FromTicks(1), CancellationToken.None);
            Assert.Equal(attempt - 1, place.Telegram.Calls.Count);
            await place.PassAsync(TimeSpan.FromSeconds(1));
            await outbox.SendAllAsync(TimeSpan.FromMilliseconds(500), CancellationToken.None);
            Assert.Equal(attempt, place.Telegram.Calls.Count);
        }

        Assert.Equal(["a failed 9", "b waiting 0"], await place.StatesAsync("7"));
        Assert.Empty(place.Unsubscribed);
        place.Telegram.Accept("7");
        await SendAllAsync(place, outbox, 2);
        Assert.Equal("second", Assert.Single(place.Telegram.Sent).Text);
    }

    private static Task<OutboxPlace> CreateAsync(DatabaseProvider provider) =>
        OutboxPlace.CreateAsync(provider, provider == DatabaseProvider.Sqlite ? new ManualClock("2026-11-20T14:40:00Z") : null);

    private static Task AddAsync(ITelegramOutbox outbox, params (string ChatId, string Key, string Html)[] messages) =>
        outbox.AddAsync([.. messages.Select(message => new OutgoingMessage(message.ChatId, message.Key, message.Html))], CancellationToken.None);

    /// <summary>Sends what is due, with time between for the next of each chat.</summary>
    private static async Task SendAllAsync(OutboxPlace place, ITelegramOutbox outbox, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await outbox.SendAllAsync(TimeSpan.FromMilliseconds(500), CancellationToken.None);
            await place.PassAsync(TimeSpan.FromSeconds(3));
        }
    }
}
