using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NodaTime;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Operating;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Platform;
using TraderHub.Functions.Http;
using TraderHub.Functions.Jobs;

namespace TraderHub.Functions.Migration;

/// <summary>
/// What operators asked for over HTTP. It goes on after they were answered; how it goes stands in the key-value store, so that every instance can tell, also
/// while SQL is down, and so that a request that is sent again under the same Idempotency-Key finds what it began (rule M36).
/// </summary>
public sealed class GroupOperations(MigrationOperations operations, IVersionedKeyValueStore store, BackgroundRuns background, TimeProvider clock)
{
    /// <summary>What the engine's own keys of this kind begin with.</summary>
    public const string Prefix = "~run/";

    /// <summary>How long an operation that begins is waited for: what is refused is refused within it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly Duration KeptFor = Duration.FromDays(1);

    /// <summary>An operation; null when there is none, or it is longer ago than a day.</summary>
    /// <exception cref="KeyValueException">The key-value store did not answer.</exception>
    public async Task<OperationAnswer?> FindAsync(string id, CancellationToken cancellationToken) =>
        await store.GetAsync(Prefix + id, cancellationToken) is { } kept ? JsonSerializer.Deserialize(kept.Span, OperationJson.Default.KeptOperation)!.Answer : null;

    /// <summary>Begins an operation, and waits a little for its end; what was begun under the same key is not begun again.</summary>
    /// <exception cref="KeyValueException">The key-value store did not answer, and nothing was begun.</exception>
    public async Task<Result<BegunOperation>> BeginAsync(
        OperatedGroup group, GroupAction action, string name, RequestName request, ActionRequest asked, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(asked);
        var answer = new OperationAnswer(request.Id, group.Name, name, "running", "It has begun.")
        {
            StartedBy = asked.Move.Who,
            StartedAt = clock.GetInstant().ToIso(),
        };
        var isNew = await store.PutIfAbsentAsync(Prefix + request.Id, Write(new(answer, request.BodyHash)), Options(), cancellationToken) is not null;
        if (!isNew)
        {
            return await ReplayAsync(request, cancellationToken);
        }

        var ended = new TaskCompletionSource<OperationAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        background.Start(request.Id, token => RunAsync(group, action, answer, request.BodyHash, asked, ended, token));
        await Task.WhenAny(ended.Task, Task.Delay(Patience, TimeProvider.System, cancellationToken));
        return new BegunOperation(ended.Task.IsCompletedSuccessfully ? await ended.Task : answer, IsReplay: false);
    }

    private async Task<Result<BegunOperation>> ReplayAsync(RequestName request, CancellationToken cancellationToken)
    {
        var kept = await store.GetAsync(Prefix + request.Id, cancellationToken) is { } bytes
            ? JsonSerializer.Deserialize(bytes.Span, OperationJson.Default.KeptOperation)
            : null;
        return kept is not null && kept.BodyHash == request.BodyHash
            ? new BegunOperation(kept.Answer, IsReplay: true)
            : IdempotencyKey.Reused;
    }

    private async Task RunAsync(
        OperatedGroup group,
        GroupAction action,
        OperationAnswer answer,
        string bodyHash,
        ActionRequest asked,
        TaskCompletionSource<OperationAnswer> ended,
        CancellationToken cancellationToken)
    {
        var progress = new LastRun();
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var telling = TellAsync(answer, bodyHash, progress, done.Token);
        try
        {
            var result = await operations.ExecuteAsync(group, action, asked with { Move = asked.Move with { Progress = progress } }, cancellationToken);
            answer = result.Match((answer with { Run = progress.Answer }).Ended, (answer with { Run = progress.Answer }).Refused);
        }
        catch (Exception exception)
        {
            // Who asks how it went is told; the log has the cause.
            answer = answer with { Status = "failed", HasProblems = true, Run = progress.Answer, Code = "OPERATION_FAILED", Summary = Describe(exception) };
            throw;
        }
        finally
        {
            await done.CancelAsync();
            await telling;
            await store.PutAsync(Prefix + answer.Id, Write(new(answer, bodyHash)), Options(), CancellationToken.None);
            ended.TrySetResult(answer);
        }
    }

    /// <summary>Writes down how it goes, every other second.</summary>
    private async Task TellAsync(OperationAnswer answer, string bodyHash, LastRun progress, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Patience, clock, cancellationToken);
                await store.PutAsync(Prefix + answer.Id, Write(new(answer with { Run = progress.Answer, Summary = "It is under way." }, bodyHash)), Options(), cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // It has ended.
        }
        catch (KeyValueException)
        {
            // The operation itself says so.
        }
    }

    private static string Describe(Exception exception) => exception switch
    {
        KeyValueException => "The key-value store did not answer. What was done stays done; ask again.",
        StorageException => "The database did not answer. What was done stays done; ask again.",
        OperationCanceledException => "The server stopped. What was done stays done; ask again.",
        _ => "Something went wrong here, and it was logged.",
    };

    private static PutOptions Options() => new(TimeToLive: KeptFor);

    private static byte[] Write(KeptOperation kept) => JsonSerializer.SerializeToUtf8Bytes(kept, OperationJson.Default.KeptOperation);

    private sealed class LastRun : IProgress<MigrationRun>
    {
        private MigrationRun? last;

        public RunAnswer? Answer => Volatile.Read(ref last) is { } run ? RunAnswer.Of(run) : null;

        public void Report(MigrationRun value) => Volatile.Write(ref last, value);
    }
}

/// <summary>An operation that was begun.</summary>
/// <param name="Answer">How it goes.</param>
/// <param name="IsReplay">Whether it was begun by an earlier request.</param>
public sealed record BegunOperation(OperationAnswer Answer, bool IsReplay);

/// <summary>What names a request, so that the same is not done twice.</summary>
/// <param name="Id">The operation's id.</param>
/// <param name="BodyHash">What was asked.</param>
public sealed record RequestName(string Id, string BodyHash)
{
    private const int HashLength = 32;

    /// <summary>The name of a request; without a key of its own each is another.</summary>
    public static Result<RequestName> Of(HttpRequest request, string body)
    {
        ArgumentNullException.ThrowIfNull(request);
        return IdempotencyKey.Read(request).Match<Result<RequestName>>(
            key => new RequestName(
                key is null ? Guid.NewGuid().ToString("n") : Hash($"{key.Caller}\n{key.Route}\n{key.Key}"), Hash(body)),
            refusal => refusal);
    }

    private static string Hash(string text) => IdempotencyKey.HashOf(Encoding.UTF8.GetBytes(text))[..HashLength];
}
