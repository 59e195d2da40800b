using System.Text.Json.Nodes;

namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>The answer to each info request.</summary>
internal sealed class InfoAnswers(SimulatedAccounts accounts)
{
    /// <summary>Answers; false when the exchange knows no such request.</summary>
    public bool TryAnswer(InfoQuestion question, DateTimeOffset now, out JsonNode? answer)
    {
        answer = question.User is { } user ? AboutAccount(accounts.Find(user), question, now) : AboutMarket(question, now);
        return answer is not null;
    }

    private static JsonNode? AboutMarket(InfoQuestion question, DateTimeOffset now) => question.Type switch
    {
        "allMids" => MarketAnswers.AllMids(question.Dex, now),
        "meta" => MarketAnswers.Meta(question.Dex),
        "spotMeta" => MarketAnswers.SpotMeta(),
        "perpDexs" => MarketAnswers.PerpDexs(),
        "predictedFundings" => MarketAnswers.PredictedFundings(now),
        "candleSnapshot" when question is { Coin: { } coin, Start: not null } && SimulatedListings.Perps.Any(perp => perp.Name == coin) =>
            CandleAnswers.OfDays(coin, question, now),
        "exchangeStatus" => MarketAnswers.Status(now),
        _ => null,
    };

    private static JsonNode? AboutAccount(SimulatedAccount account, InfoQuestion question, DateTimeOffset now) => account.Read<JsonNode?>(now, history => question.Type switch
    {
        "clearinghouseState" => AccountAnswers.ClearinghouseState(account, history, question.Dex, now),
        "spotClearinghouseState" => AccountAnswers.SpotClearinghouseState(account, history, now),
        "userAbstraction" => JsonValue.Create(account.Mode),
        "userRole" => RoleOf(account),
        "frontendOpenOrders" => OrderAnswers.FrontendOpenOrders(account, history, question.Dex, now),
        "delegatorSummary" => StakingAnswers.Summary(history, now),
        "delegations" => StakingAnswers.Delegations(history, now),
        "delegatorRewards" => StakingAnswers.Rewards(history, now),
        "delegatorHistory" => StakingAnswers.History(history, now),
        "userVaultEquities" => StakingAnswers.Vaults(history, now),
        "userFills" => HistoryAnswers.Fills(history, now),
        "userFillsByTime" when question.Start is not null => HistoryAnswers.FillsByTime(history, question, now),
        "userFunding" when question.Start is not null => HistoryAnswers.Funding(history, question, now),
        "userNonFundingLedgerUpdates" when question.Start is not null => HistoryAnswers.Ledger(history, question, now),
        "portfolio" => PortfolioAnswers.Portfolio(history, now),
        "userRateLimit" => HistoryAnswers.RateLimit(history, now),
        _ => AboutMarket(question, now),
    });

    private static JsonObject RoleOf(SimulatedAccount account)
    {
        var answer = new JsonObject { ["role"] = account.Role };
        if (account.Master is { } master)
        {
            answer["data"] = new JsonObject { [account.Role == "agent" ? "user" : "master"] = master.ToString() };
        }

        return answer;
    }
}
