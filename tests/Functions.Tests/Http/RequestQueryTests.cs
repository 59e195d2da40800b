using System.Net;
using System.Text.Json;
using FsCheck.Fluent;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Tests.Http;

public sealed class RequestQueryTests : IAsyncLifetime
{
    private const int Cases = 200;

    private TestHost host = null!;
    private string token = null!;

    public async Task InitializeAsync()
    {
        host = await TestHost.StartAsync(new TestHostOptions { FunctionClasses = [typeof(RowFunctions), typeof(UnknownRouteFunctions)] });
        token = await host.SignInAsync(TestHost.Trader);
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task PageByPage_WhateverTheLimit_YieldsEachRowOnceInOrder()
    {
        // Small limits are where pages end inside a minute; each is walked, and large ones by chance.
        foreach (var limit in Enumerable.Range(1, 10).Concat(Gen.Choose(11, RequestQuery.LargestLimit).Sample(RequestQuery.LargestLimit, Cases)))
        {
            var rows = await WalkAsync("/rows", limit);

            Assert.True(rows.SequenceEqual(Enumerable.Range(1, RowFunctions.Count).Select(row => (long)RowFunctions.Count - row)), $"with the limit {limit}");
        }
    }

    [Fact]
    public async Task PageByPage_AListOrderedById_YieldsEachRowOnceInOrder()
    {
        foreach (var limit in new[] { 7, 249, 250, 500 })
        {
            Assert.Equal(Enumerable.Range(0, 500).Select(row => (row * 2L) + 1), await WalkAsync("/groups/odd/-1/rows", limit));
        }
    }

    [Fact]
    public async Task WithoutParameters_ItIsTheFirstFifty()
    {
        var page = await GetAsync("/rows");

        Assert.Equal(50, page.GetProperty("items").GetArrayLength());
        Assert.True(page.GetProperty("hasMore").GetBoolean());
        Assert.False(page.TryGetProperty("total", out _));
    }

    [Theory]
    [InlineData("/rows?includeTotal=true&limit=1", 1000)]
    [InlineData("/rows?includeTotal=true&from=2026-11-21T00:01:00Z&to=2026-11-21T00:03:00Z", 6)]
    [InlineData("/rows?includeTotal=true&from=2026-11-21T00:01:00Z&to=2026-11-21T00:01:00Z", 0)]
    [InlineData("/rows?includeTotal=true&to=2026-11-21T00:01:00.001Z", 6)]
    public async Task IncludeTotal_CountsTheListBetweenFromAndBeforeTo(string path, int total) =>
        Assert.Equal(total, (await GetAsync(path)).GetProperty("total").GetInt32());

    [Fact]
    public async Task TheLastPage_HasNoCursor()
    {
        var page = await GetAsync("/rows?from=2026-11-21T05:00:00Z&limit=500");

        Assert.False(page.GetProperty("hasMore").GetBoolean());
        Assert.Equal(JsonValueKind.Null, page.GetProperty("nextCursor").ValueKind);
    }

    [Theory]
    [InlineData("limit=0", "limit", "must be a whole number from 1 to 500.")]
    [InlineData("limit=501", "limit", "must be a whole number from 1 to 500.")]
    [InlineData("limit=ten", "limit", "must be a whole number from 1 to 500.")]
    [InlineData("limit=1.0", "limit", "must be a whole number from 1 to 500.")]
    [InlineData("limit=99999999999", "limit", "must be a whole number from 1 to 500.")]
    [InlineData("limit=", "limit", "must not be empty.")]
    [InlineData("limit=1&limit=2", "limit", "must be given once.")]
    [InlineData("includeTotal=yes", "includeTotal", "must be true or false.")]
    [InlineData("from=yesterday", "from", "must be an instant in UTC such as 2026-11-21T09:30:00Z.")]
    [InlineData("from=2026-11-21T09:30:00%2B01:00", "from", "must be an instant in UTC such as 2026-11-21T09:30:00Z.")]
    [InlineData("from=2026-11-21T09:30:00Z&to=2026-11-21T09:29:00Z", "to", "must not be before 'from'.")]
    [InlineData("offset=50", "offset", "is not a parameter here; the parameters are: limit, cursor, includeTotal, from, to.")]
    public async Task AWrongParameter_Is400WithItsName(string query, string field, string message)
    {
        var response = await host.Http.GetAsync($"/rows?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("VALIDATION_FAILED", await response.ProblemCodeAsync());
        var error = Assert.Single((await response.JsonAsync()).GetProperty("errors").EnumerateObject());
        Assert.Equal((field, message), (error.Name, error.Value[0].GetString()));
    }

    [Fact]
    public async Task SeveralWrongParameters_AreAllNamedInOneAnswer()
    {
        var response = await host.Http.GetAsync("/rows?limit=0&cursor=x&includeTotal=1&from=a&to=b&page=2");

        Assert.Equal("VALIDATION_FAILED", await response.ProblemCodeAsync());
        Assert.Equal(
            ["cursor", "from", "includeTotal", "limit", "page", "to"],
            (await response.JsonAsync()).GetProperty("errors").EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public async Task ACursorThatIsNotOfThisList_Is400WithACodeOfItsOwn()
    {
        var cursor = (await GetAsync("/rows?limit=1")).GetProperty("nextCursor").GetString()!;
        var ofOddRows = (await GetAsync("/groups/odd/0/rows?limit=1")).GetProperty("nextCursor").GetString()!;
        var tampered = $"{(cursor[0] == 'A' ? 'B' : 'A')}{cursor[1..]}";

        foreach (var path in new[] { $"/rows?cursor={tampered}", $"/rows?cursor={ofOddRows}", $"/groups/even/0/rows?cursor={ofOddRows}", "/rows?cursor=%20" })
        {
            var response = await SendAsync(path);

            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal("CURSOR_NOT_VALID", await response.ProblemCodeAsync());
        }
    }

    private async Task<List<long>> WalkAsync(string path, int limit)
    {
        var rows = new List<long>();
        string? cursor = null;
        do
        {
            var page = await GetAsync($"{path}?limit={limit}{(cursor is null ? string.Empty : $"&cursor={cursor}")}");
            var items = page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt64()).ToList();
            Assert.True(items.Count > 0 && items.Count <= limit, $"a page of {items.Count} rows for the limit {limit}");
            rows.AddRange(items);
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);

        return rows;
    }

    private async Task<JsonElement> GetAsync(string path) => await (await SendAsync(path)).JsonAsync();

    private Task<HttpResponseMessage> SendAsync(string path) => host.SendAsync(HttpMethod.Get, path, null, ("Authorization", $"Bearer {token}"));
}
