using System.Collections.Concurrent;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Migration.Watching;

/// <summary>What callers of this instance ask of both stores; what walks over keys ask is not in it, which takes as long as it takes.</summary>
public sealed class EngineFigures(TimeProvider clock)
{
    private readonly FigureWindow kv = new(clock);
    private readonly ConcurrentDictionary<string, GroupWindow> sql = new(StringComparer.Ordinal);

    /// <summary>What was asked of the key-value store.</summary>
    public StoreFigures Kv => kv.Read();

    /// <summary>What was asked of a group's SQL since its stage was changed last.</summary>
    public StoreFigures SqlOf(string group, long epoch)
    {
        var window = WindowOf(group);
        if (Interlocked.Exchange(ref window.Epoch, epoch) != epoch)
        {
            window.Figures.Clear();
        }

        return window.Figures.Read();
    }

    /// <summary>Notes a call of the key-value store.</summary>
    public async Task<T> NoteKvAsync<T>(bool isWrite, Func<Task<T>> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var begun = clock.GetTimestamp();
        try
        {
            var result = await call();
            kv.Note(clock.GetElapsedTime(begun), isWrite);
            return result;
        }
        catch (KeyValueException)
        {
            kv.Note(clock.GetElapsedTime(begun), isWrite, hasFailed: true);
            throw;
        }
    }

    /// <summary>Notes a call of a group's SQL. What its constraints refuse has not failed.</summary>
    /// <param name="group">The group.</param>
    /// <param name="isWrite">Whether it is a transaction.</param>
    /// <param name="isOwned">Whether what it answers is SQL's own.</param>
    /// <param name="call">The call.</param>
    public async Task<T> NoteSqlAsync<T>(string group, bool isWrite, Func<T, bool> isOwned, Func<Task<T>> call)
    {
        ArgumentNullException.ThrowIfNull(isOwned);
        ArgumentNullException.ThrowIfNull(call);
        var window = WindowOf(group).Figures;
        var begun = clock.GetTimestamp();
        try
        {
            var result = await call();
            window.Note(clock.GetElapsedTime(begun), isWrite, isOwned: isOwned(result));
            return result;
        }
        catch (StorageException exception)
        {
            window.Note(clock.GetElapsedTime(begun), isWrite, hasFailed: exception is not StorageConstraintException);
            throw;
        }
    }

    private GroupWindow WindowOf(string group) => sql.GetOrAdd(group, _ => new GroupWindow(new FigureWindow(clock)));

    private sealed class GroupWindow(FigureWindow figures)
    {
        public long Epoch;

        public FigureWindow Figures { get; } = figures;
    }
}
