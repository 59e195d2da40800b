using System.Collections.Concurrent;
using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Trading.Balances;

/// <summary>Answers that are kept for a while, by trader. A failure is not kept.</summary>
/// <param name="clock">The time.</param>
/// <param name="lifetime">For how long an answer serves.</param>
internal sealed class Kept<T>(TimeProvider clock, Duration lifetime)
{
    private const int SweepAt = 4096;

    private readonly ConcurrentDictionary<WalletAddress, Part<T>> answers = new();

    /// <summary>The answer that is kept, or a new one.</summary>
    public async Task<Part<T>> ReadAsync(WalletAddress address, Func<Task<T>> read)
    {
        if (answers.TryGetValue(address, out var kept) && !IsOver(kept))
        {
            return kept;
        }

        var asOf = clock.GetInstant();
        var answer = new Part<T>(await read(), asOf);
        Sweep();
        answers[address] = answer;
        return answer;
    }

    private bool IsOver(Part<T> answer) => clock.GetInstant() - answer.AsOf >= lifetime;

    private void Sweep()
    {
        if (answers.Count < SweepAt)
        {
            return;
        }

        foreach (var (address, answer) in answers)
        {
            if (IsOver(answer))
            {
                answers.TryRemove(KeyValuePair.Create(address, answer));
            }
        }
    }
}
