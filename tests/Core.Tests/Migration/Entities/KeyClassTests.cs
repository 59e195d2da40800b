using TraderHub.Core.Jobs.Migration;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Signals.Migration;

namespace TraderHub.Core.Tests.Migration.Entities;

public sealed class KeyClassTests
{
    private static readonly IEntity[] Entities =
        [new AnalysisEntity(), new SubscriptionsEntity(), new WatchlistEntity(), new ExecutionsEntity(), new PositionsEntity(), new FearGreedEntity()];

    [Theory]
    [InlineData("analysis_2026-01-08", KeyClass.Entity)]
    [InlineData("chat_ids", KeyClass.Entity)]
    [InlineData("watchlist:-1001234567890", KeyClass.Entity)]
    [InlineData("execution_history:123", KeyClass.Entity)]
    [InlineData("active_position:123", KeyClass.Entity)]
    [InlineData("fear_greed_cache", KeyClass.Entity)]
    [InlineData("active_position", KeyClass.Legacy)]
    [InlineData("last_trade", KeyClass.Legacy)]
    [InlineData("github_token:42", KeyClass.NotMigrated)]
    [InlineData("~stage/signals", KeyClass.Engine)]
    [InlineData("analysis_2026-01-08_123107", KeyClass.Unknown)]
    [InlineData("analysis_2026-02-30", KeyClass.Unknown)]
    [InlineData("chat_ids2", KeyClass.Unknown)]
    [InlineData("watchlist:", KeyClass.Unknown)]
    [InlineData("watchlist:a b", KeyClass.Unknown)]
    [InlineData("Watchlist:123", KeyClass.Unknown)]
    [InlineData("dual_ai_analysis_2026-01-08", KeyClass.Unknown)]
    public void Of_EveryKey_IsOneOfThem(string key, KeyClass expected) => Assert.Equal(expected, KeyClasses.Of(key, Entities));
}
