namespace TraderHub.Core.Platform;

/// <summary>What kind of refusal an <see cref="Error"/> is; HTTP gives each kind its status in one place.</summary>
public enum ErrorKind
{
    /// <summary>The input cannot be read or breaks a limit.</summary>
    Invalid,

    /// <summary>Nobody is signed in, or the proof is not accepted.</summary>
    Unauthenticated,

    /// <summary>The caller is known and may not do this.</summary>
    Forbidden,

    /// <summary>There is no such thing, or not for this caller.</summary>
    NotFound,

    /// <summary>The thing is there; this method is not.</summary>
    MethodNotAllowed,

    /// <summary>It does not go together with what is there.</summary>
    Conflict,

    /// <summary>The body is larger than the limit.</summary>
    TooLarge,

    /// <summary>The body's media type is not read here.</summary>
    UnsupportedMediaType,

    /// <summary>Too much, or too often.</summary>
    TooManyRequests,

    /// <summary>The thing was changed after the caller read it.</summary>
    Stale,

    /// <summary>It cannot be done now, and can be later.</summary>
    Unavailable,

    /// <summary>Each field is what it should be; together they break a rule.</summary>
    RuleBroken,
}

/// <summary>An expected refusal. Outages and bugs are exceptions instead.</summary>
/// <param name="Kind">What kind of refusal it is.</param>
/// <param name="Code">Stable, UPPER_SNAKE; clients switch on it.</param>
/// <param name="Detail">One or two sentences for a person: what is wrong and how to mend it.</param>
public sealed record Error(ErrorKind Kind, string Code, string Detail)
{
    /// <summary>The problems of single fields, by field name (a path such as <c>periods[0].start</c>); empty when none is to blame.</summary>
    public IReadOnlyDictionary<string, string[]> Fields { get; init; } = new Dictionary<string, string[]>();

    /// <summary>What another system said of it, in its own words, for clients that know them; empty when none did.</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>();

    /// <summary>How long to wait before trying again; null when that would not help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>A change that rests on a version which is no longer the current one.</summary>
    public static Error VersionStale { get; } =
        new(ErrorKind.Stale, "VERSION_STALE", "It was changed after you read it, and nothing was stored. Read it again, and send its ETag as If-Match.");

    /// <summary>Input whose fields are wrong: every problem at once.</summary>
    /// <param name="fields">The problems.</param>
    /// <param name="hasMore">Whether there are others.</param>
    public static Error InvalidFields(IReadOnlyDictionary<string, string[]> fields, bool hasMore = false) => new(
        ErrorKind.Invalid,
        "VALIDATION_FAILED",
        hasMore
            ? "Many fields are not valid; 'errors' names the first ones and what they must be, and more are wrong."
            : "Some fields are not valid; 'errors' names each one and what it must be.")
    { Fields = fields };
}
