namespace TraderHub.Data.Upstream.Telegram;

/// <summary>
/// Puts the token into the address, where the Bot API wants it, for only as long as the request is on its way. Whatever names a request before or after (events,
/// traces, exceptions) names it without the token.
/// </summary>
internal sealed class TelegramTokenHandler(TelegramOptions options) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var shown = request.RequestUri!;
        request.RequestUri = new Uri($"{options.BaseUrl.AbsoluteUri.TrimEnd('/')}/bot{options.BotToken}{shown.AbsolutePath[shown.AbsolutePath.LastIndexOf('/')..]}");
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            request.RequestUri = shown;
        }
    }
}
