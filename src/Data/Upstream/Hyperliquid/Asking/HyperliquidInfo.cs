using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Polly.CircuitBreaker;
using TraderHub.Core.Platform;
using TraderHub.Data.Upstream.Hyperliquid.Messages;

namespace TraderHub.Data.Upstream.Hyperliquid.Asking;

/// <summary>
/// Questions to Hyperliquid's info API: each gets a usable answer, or an <see cref="UpstreamException"/> that says what happened instead. No answer
/// is ever taken for an empty one (rule U1).
/// </summary>
internal sealed partial class HyperliquidInfo(
    SharedCalls calls, InfoTransport transport, InfoRetries retries, InfoCircuit circuit, HyperliquidOptions options, TimeProvider clock, ILogger<HyperliquidInfo> logger)
{
    /// <summary>The name that callers see.</summary>
    public const string Name = "Hyperliquid";

    /// <summary>The same for work that nobody waits for (rule U2).</summary>
    public HyperliquidInfo InBackground => IsInBackground ? this : With(isInBackground: true, IsAfresh);

    /// <summary>The same for questions that take no answer of the last second.</summary>
    public HyperliquidInfo Afresh => With(IsInBackground, isAfresh: true);

    private bool IsInBackground { get; init; }

    private bool IsAfresh { get; init; }

    /// <summary>Asks.</summary>
    public Task<TAnswer> AskAsync<TAnswer>(InfoRequest request, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellationToken)
        where TAnswer : class => AskAsync(request, answerType, Whole, cancellationToken);

    /// <summary>Asks, and makes of the answer what the caller needs. Who asks the same must make the same of it, because they share it.</summary>
    public async Task<TResult> AskAsync<TAnswer, TResult>(
        InfoRequest request, JsonTypeInfo<TAnswer> answerType, Func<TAnswer, TResult> read, CancellationToken cancellationToken)
        where TAnswer : class
        where TResult : class
    {
        var question = new InfoQuestion<TAnswer, TResult>(request, answerType, read);
        var body = JsonSerializer.Serialize(request, HyperliquidJson.Default.InfoRequest);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var call = calls.Join(body, IsInBackground ? null : options.Timeout, IsAfresh, begun => RunAsync(begun, question));
            try
            {
                return (TResult)await WaitAsync(call, request, cancellationToken);
            }
            catch (UpstreamException exception) when (IsInBackground && call.Urgency.BeganUrgent && exception.Failure != UpstreamFailure.BadAnswer)
            {
                // It gave up as early as a caller's question does; work in the background is more patient, and asks for itself.
            }
            finally
            {
                calls.Leave(call);
            }
        }
    }

    /// <summary>An answer that can be read but lacks what it must have.</summary>
    public static UpstreamException Incomplete(string field) => new(Name, UpstreamFailure.BadAnswer, $"answered without the field '{field}'.");

    private HyperliquidInfo With(bool isInBackground, bool isAfresh) =>
        new(calls, transport, retries, circuit, options, clock, logger) { IsInBackground = isInBackground, IsAfresh = isAfresh };

    private static TAnswer Whole<TAnswer>(TAnswer answer)
    {
        if (answer is IList rows)
        {
            Rows.RequireAll(rows);
        }

        return answer;
    }

    private async Task<object> WaitAsync(SharedCall call, InfoRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await call.Answer.WaitAsync(IsInBackground ? Timeout.InfiniteTimeSpan : options.Timeout, clock, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            call.IsOverdue = true;
            throw Report(call, request, call.Urgency.IsQueued
                ? new(Name, UpstreamFailure.RateLimited, $"could not be asked within {options.Timeout.TotalSeconds:0} s: too much is asked of it.", exception)
                : new(Name, UpstreamFailure.Timeout, InfoTransport.Overdue(options.Timeout), exception));
        }
    }

    private async Task<object> RunAsync<TAnswer, TResult>(SharedCall call, InfoQuestion<TAnswer, TResult> question)
        where TAnswer : class
        where TResult : class
    {
        try
        {
            return await retries.ExecuteAsync(call, (_, token) => transport.TryAsync(question, call, token));
        }
        catch (PassingFailureException exception)
        {
            throw Report(call, question.Request, exception.Failure);
        }
        catch (BrokenCircuitException exception)
        {
            throw Report(call, question.Request, circuit.Refusal(exception));
        }
        catch (UpstreamException exception)
        {
            Report(call, question.Request, exception);
            throw;
        }
    }

    /// <summary>Logs a failure, once for all who wait for the call.</summary>
    private UpstreamException Report(SharedCall call, InfoRequest request, UpstreamException exception)
    {
        if (call.TakeReport())
        {
            LogFailure(request.Type, exception.Failure, exception.Message, exception.InnerException);
        }

        return exception;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Upstream request {Request} failed ({Failure}): {Detail}")]
    private partial void LogFailure(string request, UpstreamFailure failure, string detail, Exception? exception);
}
