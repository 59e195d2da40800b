namespace TraderHub.Core.Platform;

/// <summary>A change was not acknowledged, and whoever asked for it deep inside something larger cannot go on without it.</summary>
/// <param name="error">What its caller is told.</param>
public sealed class UnavailableException(Error error) : Exception(error?.Detail)
{
    /// <summary>What its caller is told.</summary>
    public Error Error { get; } = error;
}
