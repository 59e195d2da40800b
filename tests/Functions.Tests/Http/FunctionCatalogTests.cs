using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Tests.Http;

public sealed class FunctionCatalogTests
{
    [Theory]
    [InlineData(typeof(SameName), "named 'Twice'")]
    [InlineData(typeof(SameRoute), "answer the same method on the route 'things/{id}'")]
    [InlineData(typeof(ReservedAdmin), "begins with 'Admin'")]
    [InlineData(typeof(ReservedRuntime), "begins with 'runtime'")]
    [InlineData(typeof(NoTrigger), "has no trigger")]
    [InlineData(typeof(NoAccess), "does not state who may call it")]
    [InlineData(typeof(KnowsOperatorsAmongTraders), "tells callers apart that it cannot")]
    public void Of_WhatTheFunctionsHostWouldRefuse_IsRefused(Type functions, string reason)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => FunctionCatalog.Of([functions], routePrefix: ""));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_TheSameRouteWithOtherMethods_IsAllowed() =>
        Assert.Equal(["Change", "Read"], FunctionCatalog.Of([typeof(OtherMethods)], "").Http.Select(function => function.Name));

    [Fact]
    public void Of_ARoutePrefix_StandsBeforeEveryRoute() =>
        Assert.All(FunctionCatalog.Of([typeof(OtherMethods)], "api").Http, function => Assert.Equal("api/things", function.Route));

    public sealed class SameName
    {
        [Function("Twice")]
        [Access(Caller.Anybody)]
        public void One([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "one")] HttpRequest request) => _ = request;

        [Function("twice")]
        [Access(Caller.Anybody)]
        public void Two([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "two")] HttpRequest request) => _ = request;
    }

    public sealed class SameRoute
    {
        [Function("A")]
        [Access(Caller.Anybody)]
        public void A([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "things/{id}")] HttpRequest request) => _ = request;

        [Function("B")]
        [Access(Caller.Anybody)]
        public void B([HttpTrigger(AuthorizationLevel.Anonymous, "put", "POST", Route = "Things/{id}")] HttpRequest request) => _ = request;
    }

    public sealed class OtherMethods
    {
        [Function("Read")]
        [Access(Caller.Anybody)]
        public void Read([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things")] HttpRequest request) => _ = request;

        [Function("Change")]
        [Access(Caller.Anybody)]
        public void Change([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "things")] HttpRequest request) => _ = request;
    }

    public sealed class ReservedAdmin
    {
        [Function("X")]
        [Access(Caller.Anybody)]
        public void X([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "Admin/x")] HttpRequest request) => _ = request;
    }

    public sealed class ReservedRuntime
    {
        [Function("X")]
        [Access(Caller.Anybody)]
        public void X([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "runtime")] HttpRequest request) => _ = request;
    }

    public sealed class NoTrigger
    {
        [Function("X")]
        public void X(HttpRequest request) => _ = request;
    }

    public sealed class NoAccess
    {
        [Function("X")]
        public void X([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "x")] HttpRequest request) => _ = request;
    }

    public sealed class KnowsOperatorsAmongTraders
    {
        [Function("X")]
        [Access(Caller.Trader, Knows = Caller.Operator)]
        public void X([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "x")] HttpRequest request) => _ = request;
    }
}
