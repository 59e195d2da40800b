using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Tests.Http;

public sealed class FunctionRoutesTests
{
    /// <summary>For every HTTP function of TraderHub, requests that it answers.</summary>
    private static readonly Dictionary<string, (string Method, string Path)[]> Samples = new()
    {
        ["AddSubscription"] = [("POST", "/api/v1/subscriptions")],
        ["AddTicker"] = [("POST", "/api/v1/watchlists/17/BRK.B")],
        ["AnalyzeSentiment"] = [("GET", "/api/v1/sentiment/analysis"), ("POST", "/api/v1/sentiment/analysis")],
        ["BeginGitHubSignIn"] = [("GET", "/auth/github/login")],
        ["ChangeProfile"] = [("PATCH", "/api/time-sessions/profile")],
        ["ChangeSettings"] = [("PATCH", "/api/settings"), ("POST", "/api/settings")],
        ["ChooseTheme"] = [("POST", "/theme")],
        ["ChooseTimezone"] = [("POST", "/timezone")],
        ["ClearPosition"] = [("DELETE", "/api/v1/positions/17/SPY")],
        ["CorrectSession"] = [("PATCH", "/api/time-sessions/17")],
        ["CreateTelegramLink"] = [("POST", "/api/alerts/telegram-link")],
        ["DeleteJob"] = [("DELETE", "/api/v1/jobs/17"), ("DELETE", "/api/v1/jobs/abc")],
        ["DeleteSession"] = [("DELETE", "/api/time-sessions/17")],
        ["EndSession"] = [("PATCH", "/api/time-sessions/17/end")],
        ["ExportSessions"] = [("GET", "/api/time-sessions/export"), ("HEAD", "/api/time-sessions/export")],
        ["FinishGitHubSignIn"] = [("GET", "/auth/github/callback")],
        ["FollowMigrationRun"] = [("GET", "/api/migration/runs/1a2b/events")],
        ["GetActivityStats"] = [("GET", "/api/activities/stats")],
        ["GetApiDocs"] = [("GET", "/api/docs"), ("HEAD", "/api/docs")],
        ["GetAsset"] = [("GET", "/assets/site.0123456789abcdef.css"), ("HEAD", "/assets/a/b")],
        ["GetBalance"] = [("GET", "/api/balance")],
        ["GetDailyStats"] = [("GET", "/api/stats/daily")],
        ["GetDeveloperStatus"] = [("GET", "/auth/status")],
        ["GetEndOfDayReport"] = [("GET", "/api/v1/reports/end-of-day")],
        ["GetFearGreed"] = [("GET", "/api/v1/fear-greed")],
        ["GetHealth"] = [("GET", "/api/health"), ("HEAD", "/api/health")],
        ["GetIntradayReport"] = [("GET", "/api/v1/reports/intraday")],
        ["GetJob"] = [("GET", "/api/v1/jobs/17"), ("GET", "/api/v1/jobs/1e9"), ("GET", "/api/v1/jobs/historyx"), ("GET", "/api/v1/jobs/99999999999999999999")],
        ["GetJobSchedule"] = [("GET", "/api/v1/jobs/schedule")],
        ["GetJobStatistics"] = [("GET", "/api/v1/jobs/stats")],
        ["GetLatestExecution"] = [("GET", "/api/v1/executions/17/latest")],
        ["GetLatestJob"] = [("GET", "/api/v1/jobs/latest"), ("GET", "/api/v1/Jobs/LATEST")],
        ["GetMigration"] = [("GET", "/api/migration/jobs"), ("GET", "/api/migration/signals")],
        ["GetMigrationReport"] = [("GET", "/api/migration/jobs/report")],
        ["GetMigrationRun"] = [("GET", "/api/migration/runs/1a2b")],
        ["GetMigrationStatus"] = [("GET", "/api/migration-status")],
        ["GetOpenApi"] = [("GET", "/api/openapi.json"), ("HEAD", "/api/openapi.json")],
        ["GetOverview"] = [("GET", "/api/overview")],
        ["GetPreMarketReport"] = [("GET", "/api/v1/reports/pre-market")],
        ["GetProfile"] = [("GET", "/api/time-sessions/profile")],
        ["GetRepoStats"] = [("GET", "/api/stats/repo/octo/hub")],
        ["GetSession"] = [("GET", "/api/time-sessions/17"), ("GET", "/api/time-sessions/-1")],
        ["GetSettings"] = [("GET", "/api/settings")],
        ["GetSignal"] = [("GET", "/api/v1/signals/SPY"), ("GET", "/api/v1/signals/BRK.B"), ("GET", "/api/v1/signals/1")],
        ["GetStatsMatrix"] = [("GET", "/api/stats/matrix")],
        ["GetStatsSummary"] = [("GET", "/api/stats/summary")],
        ["GetTime"] = [("GET", "/api/time")],
        ["GetTradingStatus"] = [("GET", "/api/trading-status")],
        ["GetWatchlist"] = [("GET", "/api/v1/watchlists/17")],
        ["GetWeeklyReport"] = [("GET", "/api/v1/reports/weekly")],
        ["GetWeeklyStats"] = [("GET", "/api/stats/weekly")],
        ["Health"] = [("GET", "/health"), ("HEAD", "/health")],
        ["IssueNonce"] = [("POST", "/api/auth/nonce")],
        ["ListActiveSessions"] = [("GET", "/api/time-sessions/active")],
        ["ListActivities"] = [("GET", "/api/activities")],
        ["ListChatPositions"] = [("GET", "/api/v1/positions/17")],
        ["ListExecutions"] = [("GET", "/api/v1/executions/17")],
        ["ListJobs"] = [("GET", "/api/v1/jobs/history")],
        ["ListJobStages"] = [("GET", "/api/v1/jobs/17/stages"), ("GET", "/api/v1/jobs/abc/stages")],
        ["ListMigration"] = [("GET", "/api/migration")],
        ["ListMigrationReports"] = [("GET", "/api/migration/signals/reports")],
        ["ListSessions"] = [("GET", "/api/time-sessions")],
        ["ListSubscriptions"] = [("GET", "/api/v1/subscriptions")],
        ["MoveGroup"] = [("POST", "/api/migration/jobs/advance"), ("POST", "/api/migration/signals/quarantine")],
        ["NotifyOfDeploy"] = [("POST", "/api/v1/deploy-notify")],
        ["ReceiveGitHubEvent"] = [("POST", "/api/webhooks/github")],
        ["ReceiveTelegramUpdate"] = [("POST", "/api/telegram/webhook")],
        ["RecordActivities"] = [("POST", "/api/activities/batch")],
        ["RecordActivity"] = [("POST", "/api/activities")],
        ["RecordExecution"] = [("POST", "/api/v1/executions/17")],
        ["RefreshDeveloperToken"] = [("POST", "/auth/refresh")],
        ["RemoveSubscription"] = [("DELETE", "/api/v1/subscriptions/-1001557900011")],
        ["RemoveTicker"] = [("DELETE", "/api/v1/watchlists/-17/SPY")],
        ["ReplaceSettings"] = [("PUT", "/api/settings")],
        ["ReplaceWatchlist"] = [("PUT", "/api/v1/watchlists/17")],
        ["ReplaySessions"] = [("POST", "/api/time-sessions/batch")],
        ["ResumeSession"] = [("POST", "/api/time-sessions/17/resume")],
        ["SeeSession"] = [("POST", "/api/time-sessions/17/heartbeat")],
        ["SetPosition"] = [("PUT", "/api/v1/positions/17/SPY")],
        ["SetTimezone"] = [("POST", "/api/timezone")],
        ["ShowHome"] = [("GET", "/"), ("HEAD", "/")],
        ["ShowOperatorSignIn"] = [("GET", "/signin/operator"), ("HEAD", "/signin/operator")],
        ["SignInByCode"] = [("GET", "/signin/code/abc")],
        ["SignInDeveloper"] = [("POST", "/auth/github/callback")],
        ["SignInOperator"] = [("POST", "/signin/operator")],
        ["SignInTrader"] = [("POST", "/api/auth/login")],
        ["SignOut"] = [("POST", "/signout")],
        ["SignOutDeveloper"] = [("POST", "/auth/logout")],
        ["SignOutTrader"] = [("POST", "/api/auth/logout")],
        ["StartSession"] = [("POST", "/api/time-sessions/start")],
        ["StoreJob"] = [("POST", "/api/v1/jobs")],
        ["TriggerReport"] = [("POST", "/api/v1/jobs/trigger")],
        ["ZzUnknownRoute"] = [("POST", "/"), ("GET", "/api"), ("DELETE", "/api/balance"), ("OPTIONS", "/health"), ("BREW", "/a/b/c")],
    };

    private static readonly IInlineConstraintResolver Constraints =
        new ServiceCollection().AddLogging().AddRouting().BuildServiceProvider().GetRequiredService<IInlineConstraintResolver>();

    [Fact]
    public void TryMatch_TheSamplesOfEveryFunction_ReachIt()
    {
        var catalog = FunctionCatalog.OfTraderHub();
        var routes = new FunctionRoutes(catalog, Constraints);

        Assert.Equal(Samples.Keys, catalog.Http.Select(function => function.Name));
        Assert.All(Samples, sample => Assert.All(sample.Value, request =>
        {
            Assert.True(routes.TryMatch(request.Path, request.Method, out var function, out _));
            Assert.Equal(sample.Key, function.Name);
        }));
    }

    [Fact]
    public void TryMatch_TheSamplesOfEveryFunction_ReachNoOtherWhateverTheNames()
    {
        var byName = FunctionCatalog.OfTraderHub().Http.ToDictionary(
            function => function.Name, function => new FunctionRoutes(FunctionCatalog.Of([], "").With(function), Constraints));
        byName.Remove("ZzUnknownRoute");

        Assert.All(Samples, sample => Assert.All(sample.Value, request =>
            Assert.All(byName.Where(other => other.Key != sample.Key), other =>
                Assert.False(other.Value.TryMatch(request.Path, request.Method, out _, out _)))));
    }

    [Theory]
    [InlineData("/things/latest", "AThing")]
    [InlineData("/THINGS/Latest", "AThing")]
    [InlineData("/numbers/7", "ANumber")]
    [InlineData("/numbers/latest", "LatestNumber")]
    [InlineData("/groups/jobs", "Group")]
    [InlineData("/groups/other", null)]
    [InlineData("/", "Home")]
    [InlineData("/things", null)]
    [InlineData("/things/latest/more", null)]
    public void TryMatch_IsTheFirstByNameWhoseTemplateAndConstraintsMatch(string path, string? expected)
    {
        var routes = new FunctionRoutes(FunctionCatalog.Of([typeof(Overlapping)], ""), Constraints);

        routes.TryMatch(path, "GET", out var function, out _);

        Assert.Equal(expected, function?.Name);
    }

    [Fact]
    public void TryMatch_AMethodThatTheFirstDoesNotAnswer_GoesToTheNext()
    {
        var routes = new FunctionRoutes(FunctionCatalog.Of([typeof(Overlapping)], ""), Constraints);

        Assert.True(routes.TryMatch("/things/latest", "DELETE", out var function, out _));

        Assert.Equal("LatestThing", function.Name);
        Assert.Equal(["DELETE", "GET"], routes.MethodsOf("/things/latest"));
    }

    [Fact]
    public void TryMatch_GivesTheRoutesValues()
    {
        var routes = new FunctionRoutes(FunctionCatalog.Of([typeof(Overlapping)], ""), Constraints);

        Assert.True(routes.TryMatch("/things/a%2Fb", "GET", out _, out var values));

        Assert.Equal("a%2Fb", values["id"]);
    }

    public sealed class Overlapping
    {
        [Function("AThing")]
        [Access(Caller.Anybody)]
        public void AThing([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{id}")] HttpRequest request) => _ = request;

        [Function("LatestThing")]
        [Access(Caller.Anybody)]
        public void LatestThing([HttpTrigger(AuthorizationLevel.Anonymous, Route = "things/latest")] HttpRequest request) => _ = request;

        [Function("OtherThing")]
        [Access(Caller.Anybody)]
        public void OtherThing([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "things/{name}")] HttpRequest request) => _ = request;

        [Function("ANumber")]
        [Access(Caller.Anybody)]
        public void ANumber([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "numbers/{id:long}")] HttpRequest request) => _ = request;

        [Function("LatestNumber")]
        [Access(Caller.Anybody)]
        public void LatestNumber([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "numbers/latest")] HttpRequest request) => _ = request;

        [Function("Group")]
        [Access(Caller.Anybody)]
        public void Group([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "groups/{group:regex(^(jobs|signals)$)}")] HttpRequest request) => _ = request;

        [Function("Home")]
        [Access(Caller.Anybody)]
        public void Home([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{ignored:maxlength(0)?}")] HttpRequest request) => _ = request;
    }
}
