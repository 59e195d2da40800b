using System.ComponentModel;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Tests.Http;

/// <summary>A row of a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">When it was.</param>
public sealed record RowAnswer(long Id, string At);

/// <summary>Lists of 1,000 rows, three of each minute.</summary>
public sealed class RowFunctions
{
    public const int Count = 1000;

    private static readonly List<TimeKey> Rows =
        Enumerable.Range(0, Count).Select(row => new TimeKey(Instant.FromUtc(2026, 11, 21, 0, 0) + Duration.FromMinutes(row / 3), row)).ToList();

    /// <summary>The rows, latest first, and those of a minute by id.</summary>
    [Function(nameof(ListRows))]
    [Access(Caller.Anybody)]
    [Query<Instant>("from", "The first instant.")]
    [Query<Instant>("to", "The first instant after it.")]
    [Paged]
    [Returns<Page<RowAnswer>>("A page of rows.")]
    public IResult ListRows([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "rows")] HttpRequest request)
    {
        var asked = RequestQuery.Read(request, query => (Page: query.Page<TimeKey>("rows"), Range: query.TimeRange()));
        return asked.Match(
            read =>
            {
                var all = Rows.Where(row => read.Range.Contains(row.At)).OrderByDescending(row => row.At).ThenByDescending(row => row.Id).ToList();
                var following = all.Where(row => read.Page.After is not { } after || row.At < after.At || (row.At == after.At && row.Id < after.Id));
                return Answer(following, read.Page, row => row, all.Count);
            },
            Problems.ToProblem);
    }

    /// <summary>The rows of a group, by id.</summary>
    [Function(nameof(ListRowsOfGroup))]
    [Access(Caller.Trader)]
    [Query<string>("colour", "Is not looked at.")]
    [Paged]
    [Returns<Page<RowAnswer>>("A page of rows.")]
    public IResult ListRowsOfGroup(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "groups/{group:regex(^(odd|even)$)}/{id:long}/rows")] HttpRequest request,
        [Description("Which rows.")] string group,
        long id)
    {
        var asked = RequestQuery.Read(request, query => (Page: query.Page<long>($"rows of {group}"), Colour: query.Text("colour")));
        return asked.Match(
            read => Answer(Rows.Where(row => row.Id % 2 == (group == "odd" ? 1 : 0) && row.Id > (read.Page.After ?? id)), read.Page, row => row.Id, null),
            Problems.ToProblem);
    }

    private static IResult Answer<TKey>(IEnumerable<TimeKey> following, PageRequest<TKey> request, Func<TimeKey, TKey> keyOf, int? total)
        where TKey : struct, IParsable<TKey>
    {
        var page = request.ToPage(following.Take(request.RowsToRead).ToList(), keyOf, request.IncludeTotal ? total : null);
        return Reply.Json(page.Select(row => new RowAnswer(row.Id, row.At.ToIso())), RowJson.Default.PageRowAnswer);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Page<RowAnswer>))]
internal sealed partial class RowJson : JsonSerializerContext;
