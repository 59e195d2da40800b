using System.Net;
using System.Net.Sockets;
using TraderHub.Testing;

namespace TraderHub.Worker.Tests;

[Collection(WorkerTests.Name)]
public sealed class EndTests : IAsyncLifetime
{
    private readonly TempFolder data = new();
    private QuotesDouble quotes = null!;
    private SlowQuote quote = null!;
    private FunctionsHost host = null!;

    public async Task InitializeAsync()
    {
        await PublishedApp.Published;
        quotes = await QuotesDouble.StartAsync();
        quote = new SlowQuote(quotes);
        host = await FunctionsHost.StartAsync(SharedWorker.SettingsOf(data, quotes));
        await host.LoadAsync();
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await quotes.DisposeAsync();
        data.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Case", "F5")]
    public async Task Terminate_WhileARequestRuns_AnswersItAndExitsWith0(bool byTheHost)
    {
        var invocation = host.Begin(SlowQuote.Request());
        await quote.Asked;

        if (byTheHost)
        {
            host.TellToTerminate();
        }
        else
        {
            await host.Worker.SignalAsync("TERM");
        }

        await Eventually.TrueAsync(async () => !await AcceptsAsync(new Uri(host.Capabilities["HttpUri"])));
        quote.Release();

        using var response = await invocation.Response;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(0, await host.Worker.WaitForExitAsync());
        Assert.Empty(host.Worker.Errors);
    }

    private static async Task<bool> AcceptsAsync(Uri address)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
