// The least that answers GET /api/v1/jobs/history with the host's bytes: Kestrel, a statement made for just this query and kept compiled, and a JSON writer.
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using TraderHub.Bench.HistoryApp;

var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.Configuration.AddCommandLine(args);
builder.WebHost.UseKestrelCore().UseUrls(builder.Configuration["urls"] ?? "http://127.0.0.1:0");

await using var app = builder.Build();
var pages = new HistoryPages(builder.Configuration["database"]!);
app.Run(context =>
{
    var body = pages.Read(context.Request.QueryString.Value ?? string.Empty, context.Request.Query);
    context.Response.ContentType = "application/json; charset=utf-8";
    context.Response.ContentLength = body.Length;
    return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
});

await app.StartAsync();
await Console.Out.WriteLineAsync($"Now listening on: {app.Urls.First()}");
await app.WaitForShutdownAsync();
