using TraderHub.Core.Platform;

namespace TraderHub.Data.Upstream;

/// <summary>A try failed in a way that may be over in a moment, so that another try makes sense.</summary>
/// <param name="failure">What callers get when it does not help.</param>
internal sealed class PassingFailureException(UpstreamException failure) : Exception(failure.Message, failure)
{
    /// <summary>What callers get when no other try helps.</summary>
    public UpstreamException Failure { get; } = failure;
}
