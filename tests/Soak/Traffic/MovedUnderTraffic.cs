using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using TraderHub.Core.KeyValue;
using TraderHub.Data.KeyValue.Sqlite;
using TraderHub.Data.Sql;
using TraderHub.Soak.Migration;
using TraderHub.Testing;

namespace TraderHub.Soak.Traffic;

/// <summary>
/// Two hosts serve callers over HTTP while the group jobs is moved to SQL alone and back to the key-value store, the whole way and over HTTP too. Nothing that was acknowledged
/// may be lost, no answer may change, and no request may fail but with an announced 503.
/// </summary>
internal sealed class MovedUnderTraffic(TrafficOptions options, SharedPlace place)
{
    private const int Writers = 4;

    private const int Readers = 4;

    private const int Days = 200;

    private static readonly TimeProvider Clock = TimeProvider.System;

    private static readonly (string Place, string Action, object Body)[] Way =
    [
        ("copy", "backfill", new { }),
        ("copy, verifying", "verify", new { }),
        ("sql, 1 %", "advance", new { percent = 1 }),
        ("sql, 10 %", "advance", new { percent = 10 }),
        ("sql", "advance", new { percent = 100 }),
        ("sql_only", "advance", new { force = true, reason = "a soak has no hour" }),
        ("sql again", "rollback", new { to = "sql" }),
        ("copy again", "rollback", new { to = "copy" }),
        ("kv again", "rollback", new { to = "kv" }),
    ];

    private readonly ServedCalls calls = new(Clock);

    public static async Task<int> RunAsync(TrafficOptions options)
    {
        if (!SharedPlace.IsPossible(options.Database))
        {
            return 2;
        }

        await using var place = await SharedPlace.CreateAsync(options.Database, Clock);
        return await new MovedUnderTraffic(options, place).RunAsync();
    }

    private async Task<int> RunAsync()
    {
        var days = await StoreDaysAsync();
        await using var quotes = await QuotesDouble.StartAsync();
        var served = new ServedHost(place.Options.Directory, SettingsOf(quotes));
        await using var one = await served.StartAsync();
        await using var other = await served.StartAsync();
        var callers = new Callers([one.Http, other.Http], quotes, calls, Clock);
        calls.Enter("kv");
        using var stop = new CancellationTokenSource();
        Task[] calling =
        [
            .. Enumerable.Range(0, Writers).Select(number => callers.WriteAsync(number, stop.Token)),
            .. Enumerable.Range(0, Readers).Select(number => callers.ReadAsync(days, number, stop.Token)),
        ];
        await MoveAsync(new HttpOperator(one.Http, "jobs", Clock));
        await stop.CancelAsync();
        await Task.WhenAll(calling);
        calls.Leave();
        foreach (var line in calls.Lines().Concat(calls.Problems.Take(20)))
        {
            Console.WriteLine(line);
        }

        Console.WriteLine($"{calls.Problems.Count} requests failed, were lost or changed");
        return calls.Problems.Count == 0 ? 0 : 1;
    }

    /// <summary>The days that are only read, as older versions wrote them.</summary>
    private async Task<IReadOnlyList<DateOnly>> StoreDaysAsync()
    {
        await using var database = new KeyValueDatabase(place.Options with { Provider = DatabaseProvider.Sqlite }, NullLogger<KeyValueDatabase>.Instance);
        var store = new SqliteKeyValueStore(database, Clock);
        var shapes = AnalysisShapes.All;
        var last = DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime).AddDays(-2);
        List<DateOnly> days = [.. Enumerable.Range(0, Days).Select(number => last.AddDays(-number))];
        foreach (var day in days)
        {
            await store.PutAsync($"analysis_{day:yyyy-MM-dd}", Encoding.UTF8.GetBytes(shapes[day.DayNumber % shapes.Count].Json), PutOptions.None, CancellationToken.None);
        }

        return days;
    }

    private Dictionary<string, string> SettingsOf(QuotesDouble quotes)
    {
        var settings = new Dictionary<string, string> { ["Quotes__BaseUrl"] = quotes.Address.ToString() };
        if (place.Options.ConnectionString is { } connection)
        {
            (settings["Database__Provider"], settings["Database__ConnectionString"]) = ("postgres", connection);
        }

        return settings;
    }

    /// <summary>The moves are spread over the run; one that takes longer than its share shifts those behind it.</summary>
    private async Task MoveAsync(HttpOperator mover)
    {
        var share = options.Length / (Way.Length + 1);
        for (var i = 0; i < Way.Length; i++)
        {
            await Task.Delay(share, Clock);
            calls.Enter($"to {Way[i].Place}");
            await mover.MoveAsync(Way[i].Action, Way[i].Body);
            calls.Enter(Way[i].Place);
        }

        await Task.Delay(share, Clock);
    }
}
