// The least that starts and ends sessions over HTTP: Kestrel, one prepared statement in a transaction of its own, and a JSON answer. It asks nobody who they are.
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using TraderHub.Bench.WriteApp;

var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.Configuration.AddCommandLine(args);
builder.WebHost.UseKestrelCore().UseUrls(builder.Configuration["urls"] ?? "http://127.0.0.1:0");

await using var app = builder.Build();
var database = builder.Configuration["database"]!;
ISessionWriter sessions = database.Contains('=', StringComparison.Ordinal) ? new PostgresWriter(database) : new SqliteWriter(database);
app.Run(async context =>
{
    using var document = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
    var developer = long.Parse(context.Request.Headers["X-Developer"]!, CultureInfo.InvariantCulture);
    var now = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
    var body = document.RootElement;
    string answer;
    if (HttpMethods.IsPost(context.Request.Method))
    {
        var (owner, name, number) = (body.GetProperty("repo_owner").GetString()!, body.GetProperty("repo_name").GetString()!, body.GetProperty("pr_number").GetInt64());
        var id = await sessions.StartAsync(developer, owner, name, number, now);
        answer = $$"""{"session_id":{{id}},"start_time":"{{now}}","repo_owner":"{{owner}}","repo_name":"{{name}}","pr_number":{{number}},"status":"active"}""";
        context.Response.StatusCode = StatusCodes.Status201Created;
    }
    else
    {
        var id = long.Parse(context.Request.Path.Value!.Split('/')[3], CultureInfo.InvariantCulture);
        var seconds = body.GetProperty("duration_seconds").GetInt64();
        var start = await sessions.EndAsync(developer, id, now, seconds);
        answer = $$"""{"session_id":{{id}},"start_time":"{{start}}","end_time":"{{now}}","duration_seconds":{{seconds}},"status":"completed"}""";
    }

    var bytes = Encoding.UTF8.GetBytes(answer);
    context.Response.ContentType = "application/json; charset=utf-8";
    context.Response.ContentLength = bytes.Length;
    await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
});

await app.StartAsync();
await Console.Out.WriteLineAsync($"Now listening on: {app.Urls.First()}");
await app.WaitForShutdownAsync();
