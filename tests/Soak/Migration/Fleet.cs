using System.Collections.Concurrent;
using TraderHub.Core.Tests.Migration.Model;

namespace TraderHub.Soak.Migration;

/// <summary>
/// The instances of a run. Before one is killed another one is up, so that the pace is the machine's and no kill hits a process that has not begun.
/// </summary>
internal sealed class Fleet(SharedPlace place, DateTimeOffset start, int size) : IAsyncDisposable
{
    private readonly InstanceProcess[] instances = [.. Enumerable.Range(0, size).Select(_ => InstanceProcess.Start(place, start))];
    private readonly ConcurrentDictionary<string, int> refusals = new(StringComparer.Ordinal);

    /// <summary>How often something was refused, by its code.</summary>
    public IReadOnlyDictionary<string, int> Refusals => refusals;

    /// <summary>Asks one of them; null when it died before it answered.</summary>
    public Task<Answer?> AskAsync(string command, Dice dice) => AskAsync(command, dice.Next(size));

    /// <summary>Asks the one that the operator works with.</summary>
    public Task<Answer?> OperateAsync(string command) => AskAsync(command, 0);

    /// <summary>
    /// Kills one of them in the middle of whatever it does; the operator's less often, as its work takes longer than all others'.
    /// </summary>
    public async Task KillOneAsync(Dice dice, TimeSpan pause)
    {
        var index = dice.Next(3) == 0 ? dice.Next(size) : 1 + dice.Next(size - 1);
        var next = InstanceProcess.Start(place, start);
        await next.AskAsync("stage");
        await Task.Delay(pause, TimeProvider.System, CancellationToken.None);
        var killed = Interlocked.Exchange(ref instances[index], next);
        await killed.KillAsync();
        await killed.DisposeAsync();
    }

    /// <summary>Kills all of them, in the middle of whatever they do.</summary>
    public Task KillAllAsync() => Task.WhenAll(instances.Select(instance => instance.KillAsync()));

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in instances)
        {
            await instance.DisposeAsync();
        }
    }

    private async Task<Answer?> AskAsync(string command, int index)
    {
        var answer = await Volatile.Read(ref instances[index]).AskAsync(command);
        if (answer is { IsDone: false })
        {
            refusals.AddOrUpdate($"{command.Split(' ')[0]} {answer.Text.Split(' ')[0]}", 1, (_, count) => count + 1);
        }

        return answer;
    }
}
