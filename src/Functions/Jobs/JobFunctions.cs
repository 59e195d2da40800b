using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Jobs;
using TraderHub.Core.Platform;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Jobs;

/// <summary>Single executions: what they found, how they went, and those that programs outside store.</summary>
public sealed class JobFunctions(
    IJobHistory history,
    IJobRepository jobs,
    IJobRunLog log,
    StoreJob storeJob,
    DeleteJob deleteJob,
    JobLists lists,
    [FromKeyedServices("jobs")] IdempotentRequests requests,
    TimeProvider clock)
{
    /// <summary>An id, or whatever else stands there and is no other function's: that names no execution.</summary>
    private const string JobRoute = "api/v1/jobs/{id:regex(^(?!history$)(?!latest$)(?!schedule$)(?!stats$)(?!trigger$))}";

    /// <summary>An execution with its results and its report.</summary>
    [Function(nameof(GetJob))]
    [Access(Caller.Anybody, Knows = Caller.Program)]
    [Returns<JobDetailsAnswer>("The execution.")]
    [Fails(StatusCodes.Status404NotFound, "There is no such execution.", "JOB_NOT_FOUND")]
    public async Task<IResult> GetJob(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = JobRoute)] HttpRequest request,
        [Description("The execution's id, a whole number.")] string id,
        CancellationToken cancellationToken)
    {
        await lists.MarkAsync(request, cancellationToken);
        var job = TryReadId(id, out var number) ? await history.FindAsync(number, request.HasScope(Scopes.JobsRead), cancellationToken) : null;
        if (job is null)
        {
            return JobErrors.NotFound.ToProblem();
        }

        var results = await jobs.ListResultsAsync(number, cancellationToken);
        var details = new List<JobResultAnswer>();
        JobResultAnswer? snapshot = null;
        foreach (var result in results)
        {
            var answer = JobResultAnswer.Of(number, result);
            if (result.ResultType == ResultTypes.ReportSnapshot)
            {
                snapshot = answer;
            }
            else
            {
                details.Add(answer);
            }
        }

        return Reply.Json(new JobDetailsAnswer(true, job, details, snapshot), JobsJson.Default.JobDetailsAnswer);
    }

    /// <summary>How far each stage of an execution got.</summary>
    [Function(nameof(ListJobStages))]
    [Access(Caller.Anybody, Knows = Caller.Program)]
    [Returns<JobStagesAnswer>("The stages.")]
    [Fails(StatusCodes.Status404NotFound, "There is no such execution.", "JOB_NOT_FOUND")]
    public async Task<IResult> ListJobStages(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/jobs/{id}/stages")] HttpRequest request,
        [Description("The execution's id, a whole number.")] string id,
        CancellationToken cancellationToken)
    {
        if (!TryReadId(id, out var number) || await history.FindAsync(number, withErrors: false, cancellationToken) is null)
        {
            return JobErrors.NotFound.ToProblem();
        }

        var withErrors = request.HasScope(Scopes.JobsRead);
        var stages = (await log.ListStagesAsync(number, cancellationToken)).Select(stage => new JobStageAnswer(
            stage.Stage, stage.Status.ToText(), stage.StartedAt.ToIso(), stage.EndedAt?.ToIso(), withErrors ? stage.Errors : null));
        return Reply.Json(new JobStagesAnswer(true, stages.ToList()), JobsJson.Default.JobStagesAnswer);
    }

    /// <summary>Removes an execution with its results and stages.</summary>
    [Function(nameof(DeleteJob))]
    [Access(Caller.Program, Scope = Scopes.JobsWrite)]
    [Returns(StatusCodes.Status204NoContent, "It is removed.")]
    [Fails(StatusCodes.Status404NotFound, "There is no such execution.", "JOB_NOT_FOUND")]
    [Fails(StatusCodes.Status409Conflict, "It still runs.", "JOB_RUNNING")]
    public async Task<IResult> DeleteJob(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = JobRoute)] HttpRequest request,
        [Description("The execution's id, a whole number.")] string id,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var refusal = TryReadId(id, out var number) ? await deleteJob.ExecuteAsync(number, cancellationToken) : JobErrors.NotFound;
        return refusal?.ToProblem() ?? Reply.NoContent();
    }

    /// <summary>Stores an execution that ended elsewhere, with its results, all or nothing.</summary>
    [Function(nameof(StoreJob))]
    [Access(Caller.Program, Scope = Scopes.JobsWrite)]
    [Header(IdempotencyKey.Header, IdempotencyKey.Description)]
    [Accepts<NewJobBody>]
    [Returns<JobAnswer>(StatusCodes.Status201Created, "It is stored.")]
    [Fails(StatusCodes.Status400BadRequest, IdempotencyKey.NotValid, IdempotencyKey.NotValidCode)]
    [Fails(StatusCodes.Status409Conflict, "The key was used for another body.", IdempotencyKey.ReusedCode)]
    public async Task<IResult> StoreJob(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/jobs")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadFieldsAsync(request, JobsJson.Default.NewJobBody, cancellationToken);
        if (body.Error is { } unreadable)
        {
            return unreadable.ToProblem();
        }

        var job = NewJobReader.Read(body.Value, clock.GetInstant());
        return job.Error is { } refusal
            ? refusal.ToProblem()
            : await requests.RunAsync(request, NewJobReader.BytesOf(body.Value), () => StoreAsync(request, job.Value, cancellationToken), cancellationToken);
    }

    private async Task<IResult> StoreAsync(HttpRequest request, NewJob job, CancellationToken cancellationToken)
    {
        var stored = await storeJob.ExecuteAsync(job, cancellationToken);
        var record = (await history.FindAsync(stored.Id, request.HasScope(Scopes.JobsRead), cancellationToken))!;
        request.HttpContext.Response.Headers.Location = string.Create(CultureInfo.InvariantCulture, $"/api/v1/jobs/{stored.Id}");
        return Reply.Json(new JobAnswer(true, record), JobsJson.Default.JobAnswer, StatusCodes.Status201Created);
    }

    private static bool TryReadId(string text, out long id) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id);
}
