using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.Operating;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Platform;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Migration;

/// <summary>Lets operators move groups.</summary>
public sealed class MigrationActions(MigrationOperations operations, GroupOperations begin, StageDocuments stages, AuditTrail audit)
{
    private static readonly Dictionary<string, GroupAction> Actions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["advance"] = GroupAction.Advance,
        ["backfill"] = GroupAction.Backfill,
        ["verify"] = GroupAction.Verify,
        ["rollback"] = GroupAction.RollBack,
        ["pause"] = GroupAction.Pause,
        ["resume"] = GroupAction.Resume,
        ["retry"] = GroupAction.Retry,
        ["quarantine"] = GroupAction.Quarantine,
    };

    /// <summary>Moves a group, or does something with it, in the background; what cannot be done is refused at once.</summary>
    [Function(nameof(MoveGroup))]
    [Access(Caller.Operator)]
    [Header(IdempotencyKey.Header, "The request's own key: sent again under it within 24 hours, the request is answered with what it began and not done again.")]
    [Header("If-Match", "The ETag of the group as it was read: when its stage has changed since, nothing is done.")]
    [Accepts<ActionBody>(IsOptional = true)]
    [Returns<OperationAnswer>(StatusCodes.Status202Accepted, "It has begun, and may have ended; `/api/migration/runs/{id}` tells how it goes.")]
    [Fails(StatusCodes.Status400BadRequest, "A header is not what it must be.", "IDEMPOTENCY_KEY_NOT_VALID", "IF_MATCH_NOT_VALID")]
    [Fails(StatusCodes.Status404NotFound, "There is no such key.", "KEY_NOT_FOUND")]
    [Fails(
        StatusCodes.Status409Conflict,
        "It cannot be done now; a closed gate has its reasons in `errors.reasons`.",
        "GATE_CLOSED",
        "GROUP_PAUSED",
        "IDEMPOTENCY_KEY_REUSED",
        "KEY_NOT_IN_ERROR",
        "LOSS_NOT_ACCEPTED",
        "NOTHING_TO_COPY",
        "NO_SUCH_MOVE",
        "RUN_ACTIVE",
        "RUN_ENDED",
        "STAGE_CHANGED")]
    [Fails(StatusCodes.Status412PreconditionFailed, "The stage was changed since it was read.", "VERSION_STALE")]
    public async Task<IResult> MoveGroup(
        [HttpTrigger(
            AuthorizationLevel.Anonymous,
            "post",
            Route = "api/migration/{group:regex(^(jobs|signals)$)}/{action:regex(^(advance|backfill|verify|rollback|pause|resume|retry|quarantine)$)}")] HttpRequest request,
        [Description("The group.")] string group,
        [Description("What to do.")] string action,
        CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadOptionalAsync(request, MigrationJson.Default.ActionBody, cancellationToken);
        if (body.Error is { } unreadable)
        {
            return unreadable.ToProblem();
        }

        var condition = request.IfMatch();
        var name = RequestName.Of(request, JsonSerializer.Serialize(body.Value, MigrationJson.Default.ActionBody));
        var asked = Read(body.Value, Actions[action], request.Identity().Name);
        if ((condition.Error ?? name.Error ?? asked.Error) is { } invalid)
        {
            return invalid.ToProblem();
        }

        var operated = operations.Find(group).Value;
        var stage = await stages.FindOrChooseAsync(operated.Group, cancellationToken);
        if (!condition.Value.IsMetBy(stage.Epoch.ToString(CultureInfo.InvariantCulture)))
        {
            return Error.VersionStale.ToProblem();
        }

        var begun = await begin.BeginAsync(operated, Actions[action], action.ToLowerInvariant(), name.Value, asked.Value, cancellationToken);
        if (begun.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        await audit.TryWriteAsync(
            request, request.Identity().Name, $"migration {action}", begun.Value.Answer.Code is { } code ? ErrorOf(begun.Value.Answer, code) : null, group);
        return AnswerOf(begun.Value, request.HttpContext.Response);
    }

    private static IResult AnswerOf(BegunOperation begun, HttpResponse response)
    {
        if (begun.IsReplay)
        {
            response.Headers[IdempotencyKey.ReplayedHeader] = "true";
        }

        var answer = begun.Answer;
        response.Headers.Location = $"/api/migration/runs/{answer.Id}";
        return answer is { Status: "refused", Code: { } code }
            ? ErrorOf(answer, code).ToProblem()
            : Reply.Json(answer, MigrationJson.Default.OperationAnswer, StatusCodes.Status202Accepted);
    }

    private static Error ErrorOf(OperationAnswer answer, string code) =>
        new(code.EndsWith("_NOT_FOUND", StringComparison.Ordinal) ? ErrorKind.NotFound : ErrorKind.Conflict, code, answer.Summary)
        {
            Fields = answer.Reasons.Count > 0 ? new Dictionary<string, string[]> { ["reasons"] = [.. answer.Reasons] } : new Dictionary<string, string[]>(),
        };

    private static Result<ActionRequest> Read(ActionBody body, GroupAction action, string who)
    {
        var errors = new FieldErrors();
        if (body.Percent is not (null or 1 or 10 or 100))
        {
            errors.Add("percent", "must be 1, 10 or 100.");
        }

        if (body.Force && string.IsNullOrWhiteSpace(body.Reason))
        {
            errors.Add("reason", "is needed with force: it stands in the history and the audit.");
        }

        if (body.To is not (null or "kv" or "copy" or "sql"))
        {
            errors.Add("to", "must be kv, copy or sql.");
        }

        if (body.Rate is < 1)
        {
            errors.Add("rate", "must be at least 1.");
        }

        if (action == GroupAction.Quarantine && string.IsNullOrEmpty(body.Key))
        {
            errors.Add("key", "is needed: the key to put aside.");
        }

        var move = new MoveRequest(who) { Percent = body.Percent, IsForced = body.Force, Reason = body.Reason, AcceptsLoss = body.AcceptLoss };
        return errors.IsEmpty
            ? new ActionRequest(move) { To = body.To is { } to ? StageNames.Parse(to) : null, IsDryRun = body.DryRun, Rate = body.Rate, Key = body.Key }
            : errors.ToError();
    }
}
