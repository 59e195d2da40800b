// The least that answers GET /health with the host's bytes: what Kestrel itself costs, and nothing else.
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

var body = """{"status":"ok"}"""u8.ToArray();
var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.Configuration.AddCommandLine(args);
builder.WebHost.UseKestrelCore().UseUrls(builder.Configuration["urls"] ?? "http://127.0.0.1:0");

await using var app = builder.Build();
app.Run(context =>
{
    context.Response.ContentType = "application/json; charset=utf-8";
    context.Response.ContentLength = body.Length;
    return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
});

await app.StartAsync();
await Console.Out.WriteLineAsync($"Now listening on: {app.Urls.First()}");
await app.WaitForShutdownAsync();
