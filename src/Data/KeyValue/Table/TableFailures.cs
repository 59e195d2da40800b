using System.Globalization;
using System.Text.Json;
using Azure;
using TraderHub.Core.KeyValue;

namespace TraderHub.Data.KeyValue.Table;

/// <summary>What the Tables client throws, and what that means.</summary>
internal static class TableFailures
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Whether it is a failure of the service or of the way there, and not the caller's own cancellation.</summary>
    public static bool IsOutage(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        AggregateException several => several.InnerExceptions.All(each => IsOutage(each, cancellationToken)),
        _ => exception is RequestFailedException or IOException or HttpRequestException or JsonException,
    };

    /// <summary>Whether a write that ended so may have been done: everything but a plain refusal.</summary>
    public static bool LeavesOpen(Exception exception, CancellationToken cancellationToken) => IsOutage(exception, cancellationToken)
        && exception is not RequestFailedException { Status: > 0 and < 500 and not (404 or 408 or 409 or 412 or 429) };

    /// <summary>How long to wait before the next attempt: what the service asks for, else longer each time.</summary>
    public static TimeSpan WaitAfter(Exception exception, int attempt)
    {
        var asked = (exception as RequestFailedException)?.GetRawResponse() is { } response
            && response.Headers.TryGetValue("Retry-After", out var text)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : FirstWait * Math.Pow(2, attempt - 1);
        return asked < LongestWait ? asked : LongestWait;
    }

    public static KeyValueException ToException(string operation, Exception exception)
    {
        var last = exception is AggregateException several ? several.InnerExceptions[^1] : exception;
        var failure = last switch
        {
            OperationCanceledException => KeyValueFailure.Timeout,
            RequestFailedException { Status: 429 or 503 } => KeyValueFailure.Throttled,
            RequestFailedException { Status: > 0 } or JsonException => KeyValueFailure.Failed,
            _ => KeyValueFailure.Unreachable,
        };
        return new KeyValueException(operation, failure, exception);
    }
}
