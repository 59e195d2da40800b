using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TraderHub.Core.Platform;

namespace TraderHub.Data.Upstream.Hyperliquid.Asking;

/// <summary>One try to get an answer: a usable one, or an exception that says what happened instead and whether that may pass (rules U1 and U3).</summary>
internal sealed class InfoTransport(HttpClient http, WeightBudget budget, HyperliquidOptions options, TimeProvider clock)
{
    private const int LargestAnswer = 16 * 1024 * 1024;

    private static readonly TimeSpan PauseAfterTooMany = TimeSpan.FromSeconds(2);

    private readonly Uri address = new($"{options.BaseUrl.AbsoluteUri.TrimEnd('/')}/info");

    /// <summary>Waits for the budget and asks.</summary>
    public async Task<TResult> TryAsync<TAnswer, TResult>(InfoQuestion<TAnswer, TResult> question, SharedCall call, CancellationToken cancellationToken)
        where TAnswer : class
    {
        using var charge = await budget.EnterAsync(question.Weight.AtMost, question.Request.User, call.Urgency, cancellationToken);
        if (cancellationToken.IsCancellationRequested)
        {
            charge.Settle(0);
            cancellationToken.ThrowIfCancellationRequested();
        }

        using var timeout = new CancellationTokenSource(options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var content = new QuestionContent(call.Question);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var answer = await ReadAsync(response, question, either.Token);
            charge.Settle(question.Weigh(answer));
            return question.Read(answer);
        }
        catch (OperationCanceledException exception) when (call.IsOverdue || !cancellationToken.IsCancellationRequested)
        {
            throw Passing(UpstreamFailure.Timeout, Overdue(options.Timeout), exception);
        }
        catch (HttpRequestException exception)
        {
            throw Passing(UpstreamFailure.Unreachable, "cannot be reached.", exception);
        }
        catch (JsonException exception)
        {
            throw Bad("answered something that is not the documented JSON.", exception);
        }
        finally
        {
            if (!content.IsSent)
            {
                charge.Settle(0);
            }
        }
    }

    /// <summary>What is said of an answer that did not come.</summary>
    public static string Overdue(TimeSpan time) => $"did not answer within {time.TotalSeconds:0} s.";

    private async Task<TAnswer> ReadAsync<TAnswer, TResult>(
        HttpResponseMessage response, InfoQuestion<TAnswer, TResult> question, CancellationToken cancellationToken)
        where TAnswer : class
    {
        var status = (int)response.StatusCode;
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            budget.Pause(PauseAfterTooMany);
            throw Passing(UpstreamFailure.RateLimited, "refused: too many requests from this address.");
        }

        if (!response.IsSuccessStatusCode)
        {
            var detail = $"answered with status {status}.";
            throw status >= 500 ? Passing(UpstreamFailure.Failed, detail) : Bad(detail);
        }

        if (response.Content.Headers.ContentType?.MediaType != "application/json")
        {
            throw Bad("answered something that is not JSON.");
        }

        await ReceiveAsync(response.Content, cancellationToken);
        return await response.Content.ReadFromJsonAsync(question.AnswerType, cancellationToken) ?? throw Bad("answered null.");
    }

    private static async Task ReceiveAsync(HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            await content.LoadIntoBufferAsync(LargestAnswer, cancellationToken);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw Bad("did not end its answer.", exception);
        }
        catch (HttpRequestException exception)
        {
            throw Passing(UpstreamFailure.BadAnswer, "broke off its answer.", exception);
        }
    }

    private static PassingFailureException Passing(UpstreamFailure failure, string detail, Exception? cause = null) =>
        new(new UpstreamException(HyperliquidInfo.Name, failure, detail, cause));

    private static UpstreamException Bad(string detail, Exception? cause = null) => new(HyperliquidInfo.Name, UpstreamFailure.BadAnswer, detail, cause);
}
