using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NodaTime;
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
internal sealed partial record QueuedBatch(Instant? ClientTime, IReadOnlyList<QueuedPiece> Pieces)
{
    private const string List = "sessions";

    /// <summary>The batch; a refusal when it is wrong as a whole.</summary>
    public static Result<QueuedBatch> Read(CheckedBody body)
    {
        var (ofBatch, ofPieces) = Sort(body.Errors);
        var fields = body.Fields as JsonObject;
        var clientTime = WorktimeChecks.Time((fields?["client_time"] as JsonValue)?.GetValue<string>(), "client_time", ofBatch);
        var list = fields?[List] as JsonArray;
        if (list is not null)
        {
            WorktimeChecks.BatchSize(list.Count, List, ofBatch);
        }

        return ofBatch.IsEmpty && list is not null
            ? new QueuedBatch(clientTime, list.Select((piece, index) => ReadPiece(piece, ofPieces.GetValueOrDefault(index) ?? new())).ToList())
            : ofBatch.ToError();
    }

    /// <summary>The problems of the batch, and those of each piece under the names of its own fields.</summary>
    private static (FieldErrors OfBatch, Dictionary<int, FieldErrors> OfPieces) Sort(FieldErrors errors)
    {
        var ofBatch = new FieldErrors();
        var ofPieces = new Dictionary<int, FieldErrors>();
        foreach (var (field, messages) in errors.Fields)
        {
            var path = PiecePath().Match(field);
            if (!path.Success)
            {
                Array.ForEach(messages, message => ofBatch.Add(field, message));
                continue;
            }

            var index = int.Parse(path.Groups["index"].Value, CultureInfo.InvariantCulture);
            if (!ofPieces.TryGetValue(index, out var ofPiece))
            {
                ofPieces.Add(index, ofPiece = new());
            }

            var name = path.Groups["field"] is { Length: > 0 } named ? named.Value : "session";
            Array.ForEach(messages, message => ofPiece.Add(name, message));
        }

        return (ofBatch, ofPieces);
    }

    private static QueuedPiece ReadPiece(JsonNode? piece, FieldErrors errors)
    {
        if (piece is not JsonObject fields)
        {
            return new(null, errors.ToError());
        }

        var clientId = (fields["client_id"] as JsonValue)?.GetValue<string>();
        var queued = RequestFields.Complete(fields, WorktimeJson.Default.QueuedSessionBody).Read(errors);
        return new(clientId, errors.IsEmpty ? queued : errors.ToError());
    }

    [GeneratedRegex(@"^sessions\[(?<index>\d+)\](\.(?<field>.+))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex PiecePath();
}
