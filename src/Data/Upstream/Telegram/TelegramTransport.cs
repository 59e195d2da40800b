using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using TraderHub.Core.Platform;

namespace TraderHub.Data.Upstream.Telegram;

/// <summary>Calls the Bot API once: whoever calls decides whether a call may be repeated.</summary>
internal sealed partial class TelegramTransport(HttpClient http, TelegramOptions options, TimeProvider clock, ILogger<TelegramTransport> logger)
{
    public const string Name = "Telegram";

    private const int LargestAnswer = 1024 * 1024;

    /// <summary>What the API answered, be it a refusal.</summary>
    /// <exception cref="UpstreamException">It failed, or gave no usable answer.</exception>
    public async Task<TelegramAnswer> CallAsync(string method, JsonObject parameters, CancellationToken cancellationToken)
    {
        if (options.BotToken is not { } token)
        {
            throw new InvalidOperationException($"{TelegramOptions.BotTokenKey} is not set.");
        }

        try
        {
            return await CallOnceAsync(method, parameters, token, cancellationToken);
        }
        catch (UpstreamException exception)
        {
            LogFailure(method, exception.Failure, exception.Message, exception.InnerException);
            throw;
        }
    }

    private async Task<TelegramAnswer> CallOnceAsync(string method, JsonObject parameters, string token, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(TelegramOptions.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.BaseUrl, $"/{method}"))
            {
                Content = new StringContent(parameters.ToJsonString(), Encoding.UTF8, "application/json"),
            };
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("TraderHub", null));
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var status = (int)response.StatusCode;
            await response.Content.LoadIntoBufferAsync(LargestAnswer, either.Token);
            using var document = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(either.Token), default, either.Token);
            var answer = TelegramAnswer.Read(status, document.RootElement, token) ?? throw NotAsDocumented(status);
            return answer.ErrorCode < 500 ? answer : throw Fail(UpstreamFailure.Failed, $"answered with error {answer.ErrorCode}.");
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Fail(UpstreamFailure.Timeout, $"did not answer within {TelegramOptions.Timeout.TotalSeconds:0} s.", exception);
        }
        catch (HttpRequestException exception)
        {
            throw Fail(UpstreamFailure.Unreachable, "cannot be reached, or broke off its answer.", exception);
        }
        catch (JsonException)
        {
            // Without the cause: the parser's message may quote the answer.
            throw Fail(UpstreamFailure.BadAnswer, "answered something that is not JSON.");
        }
    }

    private static UpstreamException NotAsDocumented(int status) => Fail(UpstreamFailure.BadAnswer, $"answered something that its documentation does not know, with status {status}.");

    private static UpstreamException Fail(UpstreamFailure failure, string detail, Exception? cause = null) => new(Name, failure, detail, cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Telegram's {Method} failed ({Failure}): {Detail}")]
    private partial void LogFailure(string method, UpstreamFailure failure, string detail, Exception? exception);
}
