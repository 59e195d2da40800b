using System.Collections.Concurrent;
using System.Net;

namespace TraderHub.Data.Tests.KeyValue;

/// <summary>What goes wrong with a request to the table service.</summary>
internal enum Fault
{
    /// <summary>It is not sent; the answer is 503.</summary>
    Unavailable,

    /// <summary>It is not sent; the answer is 429 with <c>Retry-After: 1</c>.</summary>
    Throttled,

    /// <summary>It is not sent; there is no connection.</summary>
    Unreachable,

    /// <summary>It is not sent, and there is no answer.</summary>
    Hangs,

    /// <summary>It is done, and then the connection breaks.</summary>
    LosesItsAnswer,

    /// <summary>It is done, and then there is no answer.</summary>
    HangsAfterwards,

    /// <summary>It is done, and the answer is 500.</summary>
    FailsAfterwards,
}

/// <summary>Between the client and a real table service: writes meet the faults that a test has queued, one each.</summary>
internal sealed class FaultyHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly ConcurrentQueue<Fault> faults = new();

    /// <summary>How many writes were asked for.</summary>
    public int Writes { get; private set; }

    /// <summary>Runs when a fault that comes after the work is about to happen.</summary>
    public Func<Task> BeforeTheAnswer { get; set; } = () => Task.CompletedTask;

    public void Enqueue(params Fault[] next) => Array.ForEach(next, faults.Enqueue);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Get || request.RequestUri!.AbsolutePath.EndsWith("/Tables", StringComparison.Ordinal))
        {
            return await base.SendAsync(request, cancellationToken);
        }

        Writes++;
        if (!faults.TryDequeue(out var fault))
        {
            return await base.SendAsync(request, cancellationToken);
        }

        if (fault is Fault.LosesItsAnswer or Fault.HangsAfterwards or Fault.FailsAfterwards)
        {
            using var done = await base.SendAsync(request, cancellationToken);
            await BeforeTheAnswer();
        }

        return fault switch
        {
            Fault.Unavailable => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { RequestMessage = request },
            Fault.FailsAfterwards => new HttpResponseMessage(HttpStatusCode.InternalServerError) { RequestMessage = request },
            Fault.Throttled => new HttpResponseMessage(HttpStatusCode.TooManyRequests) { RequestMessage = request, Headers = { { "Retry-After", "1" } } },
            Fault.Hangs or Fault.HangsAfterwards => await HangAsync(cancellationToken),
            _ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection broke."),
        };
    }

    private static async Task<HttpResponseMessage> HangAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        throw new InvalidOperationException("Nothing waits for ever.");
    }
}
