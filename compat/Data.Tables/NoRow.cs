namespace Azure.Data.Tables;

/// <summary>An answer that has no row.</summary>
internal sealed class NoRow<T>(Response response) : NullableResponse<T>
{
    public override bool HasValue => false;

    public override T Value => throw new InvalidOperationException("The answer has no row.");

    public override Response GetRawResponse() => response;
}
