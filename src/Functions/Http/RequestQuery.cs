using System.Globalization;
using Microsoft.AspNetCore.Http;
using NodaTime;
using TraderHub.Core.Platform;

namespace TraderHub.Functions.Http;

/// <summary>Reads a request's query, with every problem of it in one answer. A parameter that nothing reads is a problem too: it is a slip of the pen.</summary>
internal sealed class RequestQuery
{
    /// <summary>How many rows a page has when the caller does not say.</summary>
    public const int DefaultLimit = 50;

    /// <summary>The most rows of one page.</summary>
    public const int LargestLimit = 500;

    /// <summary>What is wrong with a parameter where none is read.</summary>
    public const string NoParameters = "is not a parameter here; there are none.";

    private const string CursorName = "cursor";

    private readonly IQueryCollection query;
    private readonly FieldErrors errors = new();
    private readonly List<string> known = [];
    private bool hasForeignCursor;

    private RequestQuery(IQueryCollection query) => this.query = query;

    /// <summary>What a function wants of the query, or all that is wrong with it.</summary>
    public static Result<T> Read<T>(HttpRequest request, Func<RequestQuery, T> read)
    {
        var query = new RequestQuery(request.Query);
        var value = read(query);
        query.RefuseUnknown();
        return query.errors.IsEmpty ? value : query.ToError();
    }

    /// <summary>The part of a list: <c>limit</c>, <c>cursor</c> and <c>includeTotal</c>.</summary>
    public PageRequest<TKey> Page<TKey>(string list)
        where TKey : struct, IParsable<TKey> =>
        new(list, Limit(), After<TKey>(list), Flag("includeTotal") ?? false);

    /// <summary>The most rows to answer.</summary>
    public int Limit() => Number("limit", 1, LargestLimit) ?? DefaultLimit;

    /// <summary>The half-open range of <c>from</c> and <c>to</c>.</summary>
    public TimeRange TimeRange()
    {
        var range = new TimeRange(Instant("from"), Instant("to"));
        if (range.To < range.From)
        {
            errors.Add("to", "must not be before 'from'.");
        }

        return range;
    }

    /// <summary>An instant in UTC.</summary>
    public Instant? Instant(string name) => Parse<Instant>(
        name,
        text => IsoTimes.ParseUtc(text),
        "must be an instant in UTC such as 2026-11-21T09:30:00Z.");

    /// <summary>An instant in UTC, of a range whose ends are known.</summary>
    public Instant? Instant(string name, TimeRange range)
    {
        var instant = Instant(name);
        if (instant is { } found && !range.Contains(found))
        {
            errors.Add(name, $"must be from {range.From} until before {range.To}.");
        }

        return instant;
    }

    /// <summary>A date of the calendar.</summary>
    public LocalDate? Date(string name) => Parse<LocalDate>(
        name, text => IsoTimes.ParseDate(text), "must be a date such as 2026-11-21.");

    /// <summary>The half-open range of dates of <c>from</c> and <c>to</c>.</summary>
    public (LocalDate? From, LocalDate? To) DateRange()
    {
        var (from, to) = (Date("from"), Date("to"));
        if (to < from)
        {
            errors.Add("to", "must not be before 'from'.");
        }

        return (from, to);
    }

    /// <summary>One of some words.</summary>
    public string? Choice(string name, IReadOnlyList<string> choices)
    {
        var text = Text(name);
        if (text is not null && !choices.Contains(text))
        {
            errors.Add(name, $"must be one of: {string.Join(", ", choices)}.");
        }

        return text;
    }

    /// <summary>What a word stands for.</summary>
    public T? Word<T>(string name, Func<string, T?> parse, string problem)
        where T : struct => Parse(name, parse, problem);

    /// <summary>A text of at most so many characters.</summary>
    public string? Text(string name, int longest)
    {
        var text = Text(name);
        if (text is not null && PlainText.LengthOf(text) > longest)
        {
            errors.Add(name, $"must have at most {longest} characters.");
        }

        return text;
    }

    /// <summary>A whole number of a range.</summary>
    public int? Number(string name, int smallest, int largest) => Parse<int>(
        name,
        text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= smallest && number <= largest
            ? number
            : null,
        $"must be a whole number from {smallest} to {largest}.");

    /// <summary>A yes or no.</summary>
    public bool? Flag(string name) => Parse<bool>(
        name, text => text switch { "true" => true, "false" => false, _ => null }, "must be true or false.");

    /// <summary>A text that is not empty.</summary>
    public string? Text(string name)
    {
        known.Add(name);
        if (!query.TryGetValue(name, out var values))
        {
            return null;
        }

        if (values is [{ Length: > 0 } text])
        {
            return text;
        }

        errors.Add(name, values.Count > 1 ? "must be given once." : "must not be empty.");
        return null;
    }

    /// <summary>Notes a problem of a parameter unless a condition holds.</summary>
    public void Require(bool condition, string name, string problem) => errors.Require(condition, name, problem);

    private T? Parse<T>(string name, Func<string, T?> parse, string problem)
        where T : struct
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        var value = parse(text);
        if (value is null)
        {
            errors.Add(name, problem);
        }

        return value;
    }

    /// <summary>The place that a list goes on after; null begins it.</summary>
    public TKey? After<TKey>(string list)
        where TKey : struct, IParsable<TKey>
    {
        if (Text(CursorName) is not { } text)
        {
            return null;
        }

        if (Cursor.TryRead<TKey>(list, text, out var key))
        {
            return key;
        }

        hasForeignCursor = true;
        errors.Add(CursorName, "is not a cursor of this list; send the cursor of its last answer, or none to begin.");
        return null;
    }

    private void RefuseUnknown()
    {
        foreach (var name in query.Keys.Except(known, StringComparer.OrdinalIgnoreCase))
        {
            errors.Add(name, known.Count == 0 ? NoParameters : $"is not a parameter here; the parameters are: {string.Join(", ", known)}.");
        }
    }

    /// <summary>A cursor that alone is wrong has a code of its own: a program can begin the list again.</summary>
    private Error ToError()
    {
        var error = errors.ToError();
        return hasForeignCursor && error.Fields.Count == 1
            ? error with { Code = "CURSOR_NOT_VALID", Detail = "The cursor is not one of this list; begin the list again without it." }
            : error;
    }
}
