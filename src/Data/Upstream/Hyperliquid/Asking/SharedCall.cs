namespace TraderHub.Data.Upstream.Hyperliquid.Asking;

/// <summary>One question under way, for all who ask it meanwhile.</summary>
internal sealed class SharedCall : IDisposable
{
    private readonly CancellationTokenSource abandoned = new();
    private int reports;

    public SharedCall(string question, Urgency urgency)
    {
        Question = question;
        Urgency = urgency;
        Token = abandoned.Token;
    }

    /// <summary>The request's body.</summary>
    public string Question { get; }

    public Urgency Urgency { get; }

    /// <summary>The answer, which all callers share.</summary>
    public Task<object> Answer { get; set; } = null!;

    /// <summary>When the answer came, as a timestamp; null before that, and when none did.</summary>
    public long? AnsweredAt { get; set; }

    /// <summary>How many wait for the answer.</summary>
    public int Callers { get; set; }

    /// <summary>Whether it waits for another try, or did.</summary>
    public bool HasFailed { get; set; }

    /// <summary>Whether a caller has waited for as long as callers do.</summary>
    public bool IsOverdue { get; set; }

    /// <summary>Ends the call when the last caller has gone.</summary>
    public CancellationToken Token { get; }

    /// <summary>True for the first who asks: a failure is logged once.</summary>
    public bool TakeReport() => Interlocked.Increment(ref reports) == 1;

    /// <summary>The last caller has gone.</summary>
    public void Dispose()
    {
        if (!Answer.IsCompleted)
        {
            abandoned.Cancel();
        }

        abandoned.Dispose();
    }
}
