namespace TraderHub.Web.Messages;

/// <summary>Why there is no page, for the person who asked for it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong, and how to mend it.</param>
/// <param name="Code">The problem's stable code.</param>
/// <param name="TraceId">Names the request in the logs.</param>
/// <param name="Fields">The problems of single fields.</param>
public sealed record Message(int Status, string Detail, string Code, string TraceId, IReadOnlyDictionary<string, string[]> Fields)
{
    /// <summary>What happened, in a few words.</summary>
    public string Title => Status switch
    {
        400 or 413 or 415 => "This could not be read",
        401 => "This did not let you in",
        403 => "This is not allowed",
        404 => "There is nothing here",
        405 => "This cannot be done here",
        429 => "Too many attempts",
        503 or 504 => "Not at the moment",
        _ => "Something went wrong",
    };
}
