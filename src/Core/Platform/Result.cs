namespace TraderHub.Core.Platform;

/// <summary>Either a value, or the reason there is none.</summary>
public readonly record struct Result<T>
{
    private readonly T? value;

    private Result(T? value, Error? error) => (this.value, Error) = (value, error);

    /// <summary>The refusal; null when there is a value.</summary>
    public Error? Error { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is none; <see cref="Error"/> says why.</exception>
    public T Value => Error is null ? value! : throw new InvalidOperationException($"There is no value: {Error.Code}.");

    /// <summary>A value is a result.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>So is a refusal.</summary>
    public static implicit operator Result<T>(Error error) => new(default, error);

    /// <summary>Goes on with the value, or answers the refusal.</summary>
    public TResult Match<TResult>(Func<T, TResult> whenValue, Func<Error, TResult> whenError)
    {
        ArgumentNullException.ThrowIfNull(whenValue);
        ArgumentNullException.ThrowIfNull(whenError);
        return Error is null ? whenValue(value!) : whenError(Error);
    }
}
