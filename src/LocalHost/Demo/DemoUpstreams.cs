namespace TraderHub.LocalHost.Demo;

/// <summary>Where the demo's simulated upstreams listen.</summary>
/// <param name="Exchange">The exchange.</param>
/// <param name="Quotes">Stock prices.</param>
/// <param name="GitHub">GitHub, its sign-in and its API.</param>
/// <param name="Telegram">Telegram's Bot API.</param>
internal sealed record DemoUpstreams(Uri Exchange, Uri Quotes, Uri GitHub, Uri Telegram);
