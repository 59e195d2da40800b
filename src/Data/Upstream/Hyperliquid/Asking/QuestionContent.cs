using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace TraderHub.Data.Upstream.Hyperliquid.Asking;

/// <summary>
/// A question's body: whole, with its length, because not every proxy between here and there takes a chunked one. It knows whether it was sent: a question whose
/// caller went while a connection was still being made has cost nothing.
/// </summary>
internal sealed class QuestionContent : ByteArrayContent
{
    public QuestionContent(string question)
        : base(Encoding.UTF8.GetBytes(question)) => Headers.ContentType = new MediaTypeHeaderValue("application/json");

    public bool IsSent { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        IsSent = true;
        return base.SerializeToStreamAsync(stream, context, cancellationToken);
    }
}
