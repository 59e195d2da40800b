using TraderHub.Core.Trading.SignIn;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Signals;

/// <summary>A host with keys for programs that read and write what is stored of chats.</summary>
internal static class SignalsHost
{
    public static readonly (string, string) Writer = ("X-API-Key", "the-bots-other-key");

    public static readonly (string, string) Reader = ("X-API-Key", "the-readers-key");

    /// <summary>A host on Friday, 20 November 2026.</summary>
    public static Task<TestHost> StartAsync(params (string, string)[] settings) => TestHost.StartAsync(new TestHostOptions
    {
        Clock = new ManualClock("2026-11-20T14:40:00Z"),
        Settings =
        [
            ("Auth:ApiKeys:0:Name", "writer"), ("Auth:ApiKeys:0:Sha256", SessionToken.Hash(Writer.Item2)), ("Auth:ApiKeys:0:Scopes", "signals:read,signals:write"),
            ("Auth:ApiKeys:1:Name", "reader"), ("Auth:ApiKeys:1:Sha256", SessionToken.Hash(Reader.Item2)), ("Auth:ApiKeys:1:Scopes", "signals:read"),
            .. settings,
        ],
    });
}
