using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TraderHub.Core.Migration.Keys;

/// <summary>
/// The name of one operation on a key: sent again under it, the operation is not done again (rule M2). It is 16 characters, the first 96 bits of a hash in
/// Base64Url.
/// </summary>
public readonly record struct OperationId
{
    /// <summary>How many characters an id has.</summary>
    public const int Length = 16;

    private const int Bytes = 12;

    private readonly string text;

    private OperationId(string text) => this.text = text;

    /// <summary>The id of an operation that nobody will send again.</summary>
    public static OperationId New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>The id that follows from what names an operation: a caller and an idempotency key, an update's number.</summary>
    public static OperationId Of(params ReadOnlySpan<string> parts)
    {
        // The lengths stand between the parts, so that no two lists of parts are the same text.
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(part.Length).Append(':').Append(part);
        }

        return new(Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, Bytes)));
    }

    /// <summary>Reads an id that was stored.</summary>
    public static OperationId Stored(string text) => new(text);

    /// <inheritdoc />
    public override string ToString() => text;
}
