using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Trading;

/// <summary>Accounts of the exchange's double, in its own shapes.</summary>
internal static class ExchangeAccounts
{
    public const string Perps = "clearinghouseState";
    public const string Spot = "spotClearinghouseState";
    public const string Mode = "userAbstraction";
    public const string Orders = "frontendOpenOrders";
    public const string Portfolio = "portfolio";
    public const string Ledger = "userNonFundingLedgerUpdates";

    /// <summary>Worth 1000.50, short half an ETH.</summary>
    public const string PerpsAccount = """
        {"marginSummary":{"accountValue":"1000.50","totalNtlPos":"2001.0","totalRawUsd":"0.0","totalMarginUsed":"100.05"},"withdrawable":"900.0",
         "assetPositions":[{"type":"oneWay","position":{"coin":"ETH","szi":"-0.5","leverage":{"type":"cross","value":20},"entryPx":"4002.0",
         "positionValue":"2001.0","unrealizedPnl":"-7.25","returnOnEquity":"-0.07","liquidationPx":null,"marginUsed":"100.05","maxLeverage":25}}],"time":1795253400123}
        """;

    /// <summary>Worth 99.5, 20 of it held.</summary>
    public const string SpotAccount = """{"balances":[{"coin":"USDC","token":0,"total":"99.5","hold":"20.0","entryNtl":"0.0"}]}""";

    /// <summary>An account of an address that the exchange does not know.</summary>
    public const string NoPerps = """{"marginSummary":{"accountValue":"0.0","totalNtlPos":"0.0","totalRawUsd":"0.0","totalMarginUsed":"0.0"},"withdrawable":"0.0","assetPositions":[],"time":1795253400123}""";

    /// <summary>Nothing on spot.</summary>
    public const string NoSpot = """{"balances":[]}""";

    private const string TakeProfitAndStop = """
        [{"coin":"ETH","oid":1,"side":"B","limitPx":"3800.0","sz":"0.5","origSz":"0.5","orderType":"Limit","timestamp":1795250000000,"reduceOnly":true,"isTrigger":false,"isPositionTpsl":false,"triggerPx":"0.0","triggerCondition":"N/A","children":[],"cloid":null,"tif":"Gtc"},
         {"coin":"ETH","oid":2,"side":"B","limitPx":"4400.0","sz":"0.5","origSz":"0.5","orderType":"Stop Market","timestamp":1795250000001,"reduceOnly":true,"isTrigger":true,"isPositionTpsl":true,"triggerPx":"4200.0","triggerCondition":"Price above 4200","children":[]}]
        """;

    /// <summary>A perpetuals account without positions.</summary>
    public static string PerpsOf(string accountValue, string marginUsed = "0.0", string? withdrawable = null) => $$"""
        {"marginSummary":{"accountValue":"{{accountValue}}","totalNtlPos":"0.0","totalRawUsd":"0.0","totalMarginUsed":"{{marginUsed}}"},"withdrawable":"{{withdrawable ?? accountValue}}",
         "assetPositions":[],"time":1795253400123}
        """;

    /// <summary>A spot account that holds dollars, and what else a balance has.</summary>
    public static string UsdcOf(string total, string hold = "0.0", string more = "") => $$"""{"balances":[{"coin":"USDC","token":0,"total":"{{total}}","hold":"{{hold}}"{{more}}}]}""";

    /// <summary>The exchange's own figure, and when it was so.</summary>
    public static string PortfolioOf(string value, DateTimeOffset at) =>
        $$"""[["day",{"accountValueHistory":[[{{at.ToUnixTimeMilliseconds()}},"{{value}}"]],"pnlHistory":[],"vlm":"0.0"}]]""";

    /// <summary>Answers by the exchange of perpetuals that a question names; the main one is not named.</summary>
    public static void AnswerByDex(this UpstreamDouble exchange, string type, string main, string others) => exchange.Answer(type, async http =>
    {
        http.Response.ContentType = "application/json";
        var isMain = !UpstreamDouble.QuestionOf(http).Contains("\"dex\"", StringComparison.Ordinal);
        await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(http.Response, isMain ? main : others);
    });

    /// <summary>Has the double answer everything, for an account whose perpetuals and spot keep money of their own.</summary>
    public static void AnswerAll(this UpstreamDouble exchange)
    {
        exchange.Answer(Perps, PerpsAccount);
        exchange.Answer(Spot, SpotAccount);
        exchange.Answer(Mode, "\"disabled\"");
        exchange.Answer(Orders, TakeProfitAndStop);
        exchange.Answer(Portfolio, """[["day",{"accountValueHistory":[[1795250000000,"1000.0"],[1795252000000,"1101.0"]],"pnlHistory":[[1795250000000,"0.0"]],"vlm":"0.0"}]]""");
        exchange.Answer(Ledger, "[]");
        exchange.Answer("delegatorSummary", """{"delegated":"10.0","undelegated":"2.5","totalPendingWithdrawal":"0.0","nPendingWithdrawals":0}""");
        exchange.Answer("userVaultEquities", """[{"vaultAddress":"0x07fd993f0fa3a185f7207adccd29f7a87404689d","equity":"70.25","lockedUntilTimestamp":1795260000000}]""");
        exchange.Answer("userRole", """{"role":"user"}""");
        exchange.Answer("perpDexs", "[null]");
        exchange.Answer("meta", """{"universe":[],"collateralToken":0}""");
        exchange.Answer("allMids", """{"BTC":"64000.0","ETH":"4002.0","HYPE":"40.0","@107":"40.1"}""");
        exchange.Answer("spotMeta", """{"tokens":[{"name":"USDC","index":0},{"name":"HYPE","index":150},{"name":"USDH","index":360}],"universe":[{"name":"@107","index":107,"tokens":[150,0]}]}""");
    }
}
