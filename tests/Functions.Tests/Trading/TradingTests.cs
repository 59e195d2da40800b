using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Trading;

/// <summary>Tests of a host with a double of the exchange, which answers with one trader's account until a test has it say something else.</summary>
public abstract class TradingTests : IAsyncLifetime
{
    private protected UpstreamDouble Exchange { get; private set; } = null!;

    private protected TestHost Host { get; private set; } = null!;

    /// <summary>The clock that the host starts with.</summary>
    private protected virtual ManualClock Clock => new TestHostOptions().Clock;

    public virtual async Task InitializeAsync()
    {
        Exchange = await UpstreamDouble.StartAsync();
        Exchange.AnswerAll();
        Host = await TestHost.StartAsync(new TestHostOptions { Exchange = Exchange, Clock = Clock });
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await Exchange.DisposeAsync();
    }
}
