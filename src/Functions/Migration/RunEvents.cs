using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace TraderHub.Functions.Migration;

/// <summary>Tells a caller how a run goes until it has ended, as server-sent events.</summary>
internal sealed class RunEvents(OperationAnswer first, Func<CancellationToken, Task<OperationAnswer?>> read, TimeProvider clock) : IResult
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        var last = string.Empty;
        try
        {
            for (var current = (OperationAnswer?)first; current is not null; current = await read(httpContext.RequestAborted))
            {
                var isOver = current.Status != "running";
                var text = JsonSerializer.Serialize(current, MigrationJson.Default.OperationAnswer);
                if (isOver || text != last)
                {
                    // A comment keeps the connection of a run that stands still; text never has a line break, as JSON spells it.
                    await response.WriteAsync($"event: {(isOver ? "end" : "progress")}\ndata: {text}\n\n", httpContext.RequestAborted);
                }
                else
                {
                    await response.WriteAsync(": it goes on\n\n", httpContext.RequestAborted);
                }

                await response.Body.FlushAsync(httpContext.RequestAborted);
                if (isOver)
                {
                    return;
                }

                last = text;
                await Task.Delay(Interval, clock, httpContext.RequestAborted);
            }
        }
        catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone.
        }
    }
}
