namespace TraderHub.Bench.Load;

/// <summary>Sends requests over some connections for a while, on each the next one as soon as the answer to the last is there. Where there are several, they take turns.</summary>
internal sealed class LoadLoop(TimeProvider clock, int connections)
{
    /// <summary>Applies the load; the time that each request took is returned, in timestamps of the clock, with the time of the whole.</summary>
    public async Task<(long[] Latencies, TimeSpan Elapsed)> RunAsync(
        Uri address, IReadOnlyList<ReadOnlyMemory<byte>> requests, TimeSpan duration, CancellationToken cancellationToken)
    {
        var opened = new List<HttpConnection>();
        try
        {
            for (var i = 0; i < connections; i++)
            {
                opened.Add(await HttpConnection.OpenAsync(address, cancellationToken));
            }

            var started = clock.GetTimestamp();
            var end = started + (long)(duration.TotalSeconds * clock.TimestampFrequency);
            var latencies = await Task.WhenAll(opened.Select((connection, first) => Task.Run(() => RepeatAsync(connection, requests, first, end), cancellationToken)));
            return (latencies.SelectMany(each => each).ToArray(), clock.GetElapsedTime(started));
        }
        finally
        {
            opened.ForEach(connection => connection.Dispose());
        }
    }

    private async Task<List<long>> RepeatAsync(HttpConnection connection, IReadOnlyList<ReadOnlyMemory<byte>> requests, int first, long end)
    {
        var latencies = new List<long>();
        var now = clock.GetTimestamp();
        for (var next = first; now < end; next++)
        {
            await connection.ExchangeAsync(requests[next % requests.Count]);
            var done = clock.GetTimestamp();
            latencies.Add(done - now);
            now = done;
        }

        return latencies;
    }
}
