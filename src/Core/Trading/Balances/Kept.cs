using System.Collections.Concurrent;
using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Trading.Balances;

/// <summary>Answers that are kept for a while, by what was asked for. A failure is not kept.</summary>
/// <param name="clock">The time.</param>
/// <param name="lifetime">For how long an answer serves.</param>
internal sealed class Kept<TKey, T>(TimeProvider clock, Duration lifetime)
    where TKey : notnull
{
    private const int SweepAt = 4096;

    private readonly ConcurrentDictionary<TKey, Part<T>> answers = new();

    /// <summary>The answer that is kept, or a new one.</summary>
    public async Task<Part<T>> ReadAsync(TKey key, Func<Task<T>> read)
    {
        if (answers.TryGetValue(key, out var kept) && !IsOver(kept))
        {
            return kept;
        }

        var asOf = clock.GetInstant();
        var answer = new Part<T>(await read(), asOf);
        Sweep();
        answers[key] = answer;
        return answer;
    }

    /// <summary>Has the next reading ask again.</summary>
    public void Forget(TKey key) => answers.TryRemove(key, out _);

    private bool IsOver(Part<T> answer) => clock.GetInstant() - answer.AsOf >= lifetime;

    private void Sweep()
    {
        if (answers.Count < SweepAt)
        {
            return;
        }

        foreach (var (key, answer) in answers)
        {
            if (IsOver(answer))
            {
                answers.TryRemove(KeyValuePair.Create(key, answer));
            }
        }
    }
}
