using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Functions.Http;
using TraderHub.LocalHost.Demo;
using TraderHub.LocalHost.Demo.Simulated;

namespace TraderHub.Browser.Tests;

/// <summary>A host with the demo's exchange and trader, on a clock that stands still.</summary>
internal sealed class Stage : IAsyncDisposable
{
    /// <summary>Always the same, for an account's history follows from its address.</summary>
    private static readonly string WalletKey = new('7', 64);

    private readonly SimulatedExchange exchange;

    private Stage(SimulatedExchange exchange, TestHost host, DemoWallet wallet) => (this.exchange, Host, Wallet) = (exchange, host, wallet);

    public TestHost Host { get; }

    public DemoWallet Wallet { get; }

    public static async Task<Stage> SetAsync()
    {
        var options = new TestHostOptions();
        var wallet = DemoWallet.FromKey(WalletKey)!;
        var accounts = SimulatedAccounts.For(wallet.Address, SimulatedAccounts.Kinds[0], options.Clock.GetUtcNow());
        var exchange = await SimulatedExchange.StartAsync(accounts, new SimulatedExchangeOptions { WeightPerMinute = null }, options.Clock, CancellationToken.None);
        var host = await TestHost.StartAsync(options with
        {
            Settings = [("Hyperliquid:BaseUrl", exchange.Address.ToString())],
            FunctionClasses = [.. typeof(FunctionCatalog).Assembly.GetExportedTypes(), typeof(SamplePages)],
            ConfigureServices = services => services.AddSingleton<IssueSignInCode>(),
        });
        return new Stage(exchange, host, wallet);
    }

    /// <summary>A link as the demo prints it.</summary>
    public async Task<string> IssueLinkAsync() =>
        $"/signin/code/{await Host.Services.GetRequiredService<IssueSignInCode>().ExecuteAsync(Wallet.Address, CancellationToken.None)}";

    /// <summary>Takes the exchange away.</summary>
    public ValueTask LoseExchangeAsync() => exchange.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await exchange.DisposeAsync();
    }
}
