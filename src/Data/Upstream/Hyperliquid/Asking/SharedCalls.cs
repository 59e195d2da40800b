using TraderHub.Core.Platform;

namespace TraderHub.Data.Upstream.Hyperliquid.Asking;

/// <summary>Lets those who ask the same at the same time share one call. It lasts until its answer, or until its last caller has gone.</summary>
internal sealed class SharedCalls(WeightBudget budget, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, SharedCall> calls = new(StringComparer.Ordinal);

    /// <summary>Joins the call of a question, or begins it. Whoever joins must leave.</summary>
    /// <param name="question">The request's body.</param>
    /// <param name="patience">How long the caller will wait; null for work in the background.</param>
    /// <param name="run">Gets the answer.</param>
    /// <exception cref="UpstreamException">The caller would have to wait longer for the budget.</exception>
    public SharedCall Join(string question, TimeSpan? patience, Func<SharedCall, Task<object>> run)
    {
        lock (gate)
        {
            // A caller does not wait for the next try of work in the background: that may be minutes away.
            if (!calls.TryGetValue(question, out var call) || (patience is not null && !call.Urgency.IsUrgent && call.HasFailed))
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

            Remove(call);
        }

        // Outside of the lock: what ends with it runs its continuations.
        call.Dispose();
    }

    private async Task<object> RunAsync(SharedCall call, Func<SharedCall, Task<object>> run)
    {
        try
        {
            return await run(call);
        }
        finally
        {
            lock (gate)
            {
                Remove(call);
            }
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
