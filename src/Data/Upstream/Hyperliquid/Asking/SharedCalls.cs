using TraderHub.Core.Platform;

namespace TraderHub.Data.Upstream.Hyperliquid.Asking;

/// <summary>
/// Lets those who ask the same within a second share one call. It lasts until its answer is a second old, or until its last caller has gone before that.
/// </summary>
internal sealed class SharedCalls(WeightBudget budget, TimeProvider clock)
{
    /// <summary>What is asked again and again gets no newer answer sooner; the upstream itself counts in blocks of about that length.</summary>
    private static readonly TimeSpan AnswerAge = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, SharedCall> calls = new(StringComparer.Ordinal);
    private readonly Queue<SharedCall> answered = new();

    /// <summary>Joins the call of a question, or begins it. Whoever joins must leave.</summary>
    /// <param name="question">The request's body.</param>
    /// <param name="patience">How long the caller will wait; null for work in the background.</param>
    /// <param name="isAfresh">Whether an answer that is there already is too old.</param>
    /// <param name="run">Gets the answer.</param>
    /// <exception cref="UpstreamException">The caller would have to wait longer for the budget.</exception>
    public SharedCall Join(string question, TimeSpan? patience, bool isAfresh, Func<SharedCall, Task<object>> run)
    {
        lock (gate)
        {
            ForgetOld();

            // A caller does not wait for the next try of work in the background: that may be minutes away.
            if (!calls.TryGetValue(question, out var call)
                || (isAfresh && call.AnsweredAt is not null)
                || (patience is not null && !call.Urgency.IsUrgent && call.HasFailed))
            {
                call = new SharedCall(question, new Urgency(clock, patience));
                calls[question] = call;
                var begun = call;
                call.Answer = Task.Run(() => RunAsync(begun, run));
            }
            else if (patience is { } time)
            {
                budget.Hurry(call.Urgency, time);
            }

            call.Callers++;
            return call;
        }
    }

    /// <summary>A caller has the answer, or has gone.</summary>
    public void Leave(SharedCall call)
    {
        lock (gate)
        {
            call.Callers--;
            if (call.Callers > 0)
            {
                return;
            }

            if (call.AnsweredAt is null)
            {
                Remove(call);
            }
        }

        // Outside of the lock: what ends with it runs its continuations.
        call.Dispose();
    }

    private async Task<object> RunAsync(SharedCall call, Func<SharedCall, Task<object>> run)
    {
        try
        {
            var answer = await run(call);
            lock (gate)
            {
                call.AnsweredAt = clock.GetTimestamp();
                answered.Enqueue(call);
            }

            return answer;
        }
        catch
        {
            lock (gate)
            {
                Remove(call);
            }

            throw;
        }
    }

    private void ForgetOld()
    {
        while (answered.TryPeek(out var oldest) && clock.GetElapsedTime(oldest.AnsweredAt!.Value) >= AnswerAge)
        {
            Remove(answered.Dequeue());
        }
    }

    private void Remove(SharedCall call)
    {
        if (calls.GetValueOrDefault(call.Question) == call)
        {
            calls.Remove(call.Question);
        }
    }
}
