using System.Text;
using System.Text.Json;
using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Core.KeyValue;

/// <summary>What may be stored (rule K1). Every store refuses the same, before it does anything.</summary>
public static class KeyValueRules
{
    /// <summary>The longest key, in bytes of UTF-8.</summary>
    public const int LongestKey = 512;

    /// <summary>The largest value, in bytes: 25 MiB.</summary>
    public const int LargestValue = 25 * 1024 * 1024;

    /// <summary>The largest metadata, in bytes of UTF-8.</summary>
    public const int LargestMetadata = 1024;

    /// <summary>The most keys that a list answers at once.</summary>
    public const int MostKeysInAList = 1000;

    /// <summary>The most keys that are read at once.</summary>
    public const int MostKeysInARead = 100;

    private static readonly Duration ShortestLife = Duration.FromSeconds(60);

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What is wrong with a key; null when nothing is.</summary>
    public static Error? FindProblem(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key is "" or "." or ".."
            ? Refuse("KV_KEY_NOT_VALID", "A key is not empty, and neither '.' nor '..'.")
            : FindProblemOfText(key);
    }

    /// <summary>What is wrong with a value's size; null when nothing is.</summary>
    public static Error? FindProblem(ReadOnlyMemory<byte> value) => value.Length > LargestValue ? ValuesTooLarge("The value has", value.Length) : null;

    /// <summary>What is wrong with what shall be stored beside a value; null when nothing is.</summary>
    public static Error? FindProblem(PutOptions options, Instant now)
    {
        ArgumentNullException.ThrowIfNull(options);
        return FindProblemOfMetadata(options.Metadata) ?? FindProblemOfExpiry(options, now);
    }

    /// <summary>A key as it is stored and ordered.</summary>
    /// <exception cref="KeyValueRefusedException">It is not a key.</exception>
    public static byte[] BytesOf(string key)
    {
        ThrowIf(FindProblem(key));
        return Utf8.GetBytes(key);
    }

    /// <summary>A prefix of keys; it may be empty.</summary>
    /// <exception cref="KeyValueRefusedException">No key can begin with it.</exception>
    public static byte[] BytesOfPrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ThrowIf(FindProblemOfText(prefix));
        return Utf8.GetBytes(prefix);
    }

    /// <summary>A key as its callers write it.</summary>
    public static string TextOf(ReadOnlySpan<byte> key) => Utf8.GetString(key);

    /// <summary>Throws what was found.</summary>
    /// <exception cref="KeyValueRefusedException">There is a problem.</exception>
    public static void ThrowIf(Error? problem)
    {
        if (problem is not null)
        {
            throw new KeyValueRefusedException(problem);
        }
    }

    /// <summary>What is wrong with the number of keys to read at once; null when nothing is.</summary>
    public static Error? FindProblemOfKeys(int count) => count > MostKeysInARead
        ? Refuse("KV_TOO_MANY_KEYS", $"{count} keys were asked for; {MostKeysInARead} are read at once.")
        : null;

    /// <summary>What is wrong with the size of several values together; null when nothing is.</summary>
    public static Error? FindProblemOfValues(long size) => size > LargestValue ? ValuesTooLarge("The values together have", size) : null;

    /// <summary>What is wrong with a list's limit; null when nothing is.</summary>
    public static Error? FindProblemOfLimit(int limit) => limit is < 1 or > MostKeysInAList
        ? Refuse("KV_LIMIT_NOT_VALID", $"The limit is from 1 to {MostKeysInAList}, not {limit}.")
        : null;

    private static Error? FindProblemOfText(string key)
    {
        try
        {
            var length = Utf8.GetByteCount(key);
            return length > LongestKey ? Refuse("KV_KEY_TOO_LONG", $"A key has at most {LongestKey} bytes of UTF-8, not {length}.") : null;
        }
        catch (EncoderFallbackException)
        {
            return Refuse("KV_KEY_NOT_VALID", "A key is valid Unicode: it has no half of a surrogate pair.");
        }
    }

    private static Error? FindProblemOfMetadata(string? metadata)
    {
        if (metadata is null)
        {
            return null;
        }

        if (Encoding.UTF8.GetByteCount(metadata) is var length && length > LargestMetadata)
        {
            return new(ErrorKind.TooLarge, "KV_METADATA_TOO_LARGE", $"Metadata have at most {LargestMetadata} bytes, not {length}.");
        }

        try
        {
            using var document = JsonDocument.Parse(metadata);
            return null;
        }
        catch (JsonException)
        {
            return Refuse("KV_METADATA_NOT_VALID", "Metadata are a JSON text, nested at most 64 levels deep.");
        }
    }

    private static Error? FindProblemOfExpiry(PutOptions options, Instant now)
    {
        if (options.TimeToLive is { } lifetime)
        {
            return lifetime < ShortestLife
                ? Refuse("KV_EXPIRATION_NOT_VALID", $"A key lives for at least 60 seconds, not {lifetime.TotalSeconds:0}.")
                : null;
        }

        return options.Expiration?.ToUnixTimeSeconds() < now.ToUnixTimeSeconds() + (long)ShortestLife.TotalSeconds
            ? Refuse("KV_EXPIRATION_NOT_VALID", "A key expires at least 60 seconds from now.")
            : null;
    }

    private static Error ValuesTooLarge(string what, long size) =>
        new(ErrorKind.TooLarge, "KV_VALUE_TOO_LARGE", $"{what} {size} bytes; at most {LargestValue} (25 MiB) are stored or read at once.");

    private static Error Refuse(string code, string detail) => new(ErrorKind.Invalid, code, detail);
}
