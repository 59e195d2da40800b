using System.Text.Json;
using System.Text.Json.Nodes;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime.Sessions;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Worktime;

/// <summary>A piece of a batch, or all that is wrong with it.</summary>
/// <param name="ClientId">The client's name for the session, as far as it can be read.</param>
/// <param name="Queued">The piece.</param>
internal sealed record QueuedPiece(string? ClientId, Result<QueuedSession> Queued);

/// <summary>A batch whose pieces were looked at each by itself: what is wrong with one keeps no other from being stored.</summary>
/// <param name="ClientTime">What the client's clock shows.</param>
/// <param name="Pieces">The pieces, in their order.</param>
internal sealed record QueuedBatch(ReportedTime? ClientTime, IReadOnlyList<QueuedPiece> Pieces)
{
    /// <summary>The batch of a body that has the right shape as a whole.</summary>
    public static QueuedBatch Read(UncheckedBatchBody body) =>
        new(body.ClientTime is { } text ? IsoTimes.ParseTime(text) : null, [.. body.Sessions.Select(ReadPiece)]);

    private static QueuedPiece ReadPiece(JsonElement piece)
    {
        var errors = new FieldErrors();
        if (piece.ValueKind != JsonValueKind.Object)
        {
            errors.Add("session", "must be an object.");
            return new(null, errors.ToError());
        }

        var fields = (JsonObject)JsonShape.Check(piece, WorktimeJson.Default.QueuedSessionBody, string.Empty, errors)!;
        var clientId = (fields["client_id"] as JsonValue)?.GetValue<string>();
        var queued = RequestFields.Complete(fields, WorktimeJson.Default.QueuedSessionBody).Read(errors);
        return new(clientId, errors.IsEmpty ? queued : errors.ToError());
    }
}
