using System.Net.Sockets;

namespace TraderHub.Bench.Load;

/// <summary>A keep-alive connection that sends bytes and counts bytes: a real client would cost more than the server it measures.</summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[16 * 1024];
    private CancellationTokenRegistration cancellation;

    private HttpConnection()
    {
    }

    /// <summary>Connects. Cancelling later breaks the connection: one registration, instead of one for every receive.</summary>
    public static async Task<HttpConnection> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        var connection = new HttpConnection();
        try
        {
            await connection.socket.ConnectAsync(address.Host, address.Port, cancellationToken);
            connection.cancellation = cancellationToken.UnsafeRegister(socket => ((Socket)socket!).Dispose(), connection.socket);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request and takes its whole answer.</summary>
    /// <exception cref="IOException">The answer is not a success, or the connection broke off.</exception>
    public async ValueTask ExchangeAsync(ReadOnlyMemory<byte> request)
    {
        while (request.Length > 0)
        {
            request = request[await socket.SendAsync(request)..];
        }

        var received = 0;
        ResponseHead head;
        while (!ResponseHead.TryRead(buffer.AsSpan(0, received), out head))
        {
            received += await ReceiveAsync(buffer.AsMemory(received));
        }

        if (!head.IsSuccess)
        {
            throw new IOException($"The server answered {head.Status}.");
        }

        // The body is only counted, so it may be longer than the buffer.
        while (received < head.TotalLength)
        {
            received += await ReceiveAsync(buffer);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        cancellation.Dispose();
        socket.Dispose();
    }

    private async ValueTask<int> ReceiveAsync(Memory<byte> target)
    {
        var count = await socket.ReceiveAsync(target);
        return count > 0 ? count : throw new IOException("The server closed the connection.");
    }
}
