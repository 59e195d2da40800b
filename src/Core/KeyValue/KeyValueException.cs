using TraderHub.Core.Platform;

namespace TraderHub.Core.KeyValue;

/// <summary>In what way a key-value store failed.</summary>
public enum KeyValueFailure
{
    /// <summary>It could not be reached, or hung up.</summary>
    Unreachable,

    /// <summary>It did not answer in time.</summary>
    Timeout,

    /// <summary>It refused because it is too busy.</summary>
    Throttled,

    /// <summary>It answered that it failed.</summary>
    Failed,

    /// <summary>A conditional write was sent, its answer was lost, and what is there now does not tell whether it was done.</summary>
    OutcomeUnknown,
}

/// <summary>
/// A key-value store did not answer. A write may have been done or not; reading the key tells, unless others write it too.
/// </summary>
/// <param name="operation">What was asked.</param>
/// <param name="failure">In what way it failed.</param>
/// <param name="innerException">The cause, for the log.</param>
public sealed class KeyValueException(string operation, KeyValueFailure failure, Exception? innerException = null)
    : Exception($"The key-value store failed at {operation} ({failure}).", innerException)
{
    /// <summary>What was asked.</summary>
    public string Operation { get; } = operation;

    /// <summary>In what way it failed.</summary>
    public KeyValueFailure Failure { get; } = failure;
}

/// <summary>What was asked of a key-value store is not allowed (rule K1). Nothing was done.</summary>
/// <param name="error">The refusal.</param>
public sealed class KeyValueRefusedException(Error error) : Exception(error?.Detail)
{
    /// <summary>The refusal.</summary>
    public Error Error { get; } = error;
}
