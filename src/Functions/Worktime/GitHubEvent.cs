using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using NodaTime;
using NodaTime.Text;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime;
using TraderHub.Core.Worktime.Webhooks;

namespace TraderHub.Functions.Worktime;

/// <summary>What a delivery says. GitHub sends far more than this server knows, and more each year.</summary>
internal static class GitHubEvent
{
    private static readonly Error NotValid = new(
        ErrorKind.Invalid, "EVENT_NOT_VALID", "The delivery is signed, but does not say which pull request of which repository was closed.");

    /// <summary>The pull request that was closed; null when the event is of something else, the refusal when it cannot be read.</summary>
    public static Result<ClosedPullRequest?> ReadPullRequest(ReadOnlyMemory<byte> body, bool isForm, Instant now)
    {
        try
        {
            using var document = JsonDocument.Parse(isForm ? PayloadOf(body.Span) : body);
            var root = document.RootElement;
            if (TextOf(root, "action") != "closed")
            {
                return (ClosedPullRequest?)null;
            }

            var pullRequest = Child(root, "pull_request");
            var repository = Child(root, "repository");
            return TextOf(Child(repository, "owner"), "login") is { } owner
                && TextOf(repository, "name") is { } name
                && Child(pullRequest, "number") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var id) && id > 0
                ? new ClosedPullRequest(new PullRequest(owner, name, id), ClosedAt(pullRequest) ?? now)
                : NotValid;
        }
        catch (JsonException)
        {
            return new Error(ErrorKind.Invalid, "MALFORMED_JSON", "The delivery is signed, but is not valid JSON.");
        }
    }

    /// <summary>A webhook of the content type that GitHub suggests first has its JSON in the field of a form.</summary>
    private static ReadOnlyMemory<byte> PayloadOf(ReadOnlySpan<byte> form) =>
        Encoding.UTF8.GetBytes(QueryHelpers.ParseQuery(Encoding.UTF8.GetString(form)).TryGetValue("payload", out var payload) ? payload.ToString() : string.Empty);

    private static Instant? ClosedAt(JsonElement? pullRequest) =>
        TextOf(pullRequest, "closed_at") is { } text && InstantPattern.ExtendedIso.Parse(text) is { Success: true } parsed ? parsed.Value : null;

    private static JsonElement? Child(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var child) ? child : null;

    private static string? TextOf(JsonElement? parent, string name) =>
        Child(parent, name) is { ValueKind: JsonValueKind.String } child && child.GetString() is { Length: > 0 } text ? text : null;
}
