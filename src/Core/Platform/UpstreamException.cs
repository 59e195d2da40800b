namespace TraderHub.Core.Platform;

/// <summary>In what way an upstream failed.</summary>
public enum UpstreamFailure
{
    /// <summary>It could not be reached.</summary>
    Unreachable,

    /// <summary>It did not answer in time.</summary>
    Timeout,

    /// <summary>It refused because too much was asked of it.</summary>
    RateLimited,

    /// <summary>It answered that it failed itself.</summary>
    Failed,

    /// <summary>It answered something that is not what its documentation says.</summary>
    BadAnswer,
}

/// <summary>A system that TraderHub asks did not give a usable answer. Nothing is stored and nothing is made up in its place (rule U1).</summary>
/// <param name="upstream">Its name, as users know it.</param>
/// <param name="failure">In what way it failed.</param>
/// <param name="detail">What happened, fit for a caller's eyes: no address, no body, no secret.</param>
/// <param name="innerException">The cause, for the log.</param>
public sealed class UpstreamException(string upstream, UpstreamFailure failure, string detail, Exception? innerException = null)
    : Exception($"{upstream} {detail}", innerException)
{
    /// <summary>The upstream's name.</summary>
    public string Upstream { get; } = upstream;

    /// <summary>In what way it failed.</summary>
    public UpstreamFailure Failure { get; } = failure;
}
