using System.Text;
using System.Text.Json;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime;
using TraderHub.Core.Worktime.Webhooks;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Worktime;

/// <summary>What a delivery says. GitHub sends far more than this server knows, and more each year.</summary>
internal static class GitHubEvent
{
    private static readonly Error NotValid = new(
        ErrorKind.Invalid, "EVENT_NOT_VALID", "The delivery is signed, but does not say which pull request of which repository was closed, and when.");

    /// <summary>The pull request that was closed; null when the event is of something else, the refusal when it cannot be read.</summary>
    public static Result<ClosedPullRequest?> ReadPullRequest(ReadOnlyMemory<byte> body, bool isForm)
    {
        try
        {
            using var document = JsonDocument.Parse(isForm ? PayloadOf(body.Span) : RequestBody.WithoutMark(body));
            var root = document.RootElement;
            var pullRequest = Child(root, "pull_request");
            if (TextOf(root, "action") != "closed" || TextOf(pullRequest, "state") is not (null or "closed"))
            {
                return (ClosedPullRequest?)null;
            }

            var repository = Child(root, "repository");
            return TextOf(Child(repository, "owner"), "login") is { } owner
                && TextOf(repository, "name") is { } name
                && Child(pullRequest, "number") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var id)
                && new PullRequest(owner, name, id) is { IsValid: true } closed
                && (TimeOf(pullRequest, "closed_at") ?? TimeOf(pullRequest, "updated_at")) is { } closedAt
                ? new ClosedPullRequest(closed, closedAt)
                : NotValid;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second is told of names that are no Unicode.
            return new Error(ErrorKind.Invalid, "MALFORMED_JSON", "The delivery is signed, but is not valid JSON.");
        }
    }

    /// <summary>A webhook of the content type that GitHub suggests first has its JSON in the field of a form.</summary>
    private static ReadOnlyMemory<byte> PayloadOf(ReadOnlySpan<byte> form)
    {
        const string Field = "payload=";

        var payload = Encoding.UTF8.GetString(form).Split('&').FirstOrDefault(part => part.StartsWith(Field, StringComparison.Ordinal));
        return Encoding.UTF8.GetBytes(payload is null ? string.Empty : PercentEncoding.DecodeField(payload[Field.Length..]) ?? string.Empty);
    }

    private static Instant? TimeOf(JsonElement? pullRequest, string name) =>
        TextOf(pullRequest, name) is { } text ? IsoTimes.ParseTime(text)?.Instant : null;

    private static JsonElement? Child(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var child) ? child : null;

    private static string? TextOf(JsonElement? parent, string name) =>
        Child(parent, name) is { ValueKind: JsonValueKind.String } child
        && JsonTexts.FindProblem(child, hasLines: false) is null
        && child.GetString() is { Length: > 0 } text
            ? text
            : null;
}
