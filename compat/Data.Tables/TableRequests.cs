using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables;

/// <summary>Requests to the table service of an account, through Azure.Core's pipeline: retries, proof of who asks, transport.</summary>
internal sealed class TableRequests(Uri endpoint, HttpPipeline pipeline)
{
    private readonly string root = endpoint.AbsoluteUri.TrimEnd('/');

    /// <summary>No status but success is expected.</summary>
    public static bool Nothing(int status) => false;

    /// <summary>Sends a request; an answer that is neither success nor expected is thrown.</summary>
    public async Task<Response> SendAsync(
        RequestMethod method, string path, ReadOnlyMemory<byte> body, ETag? ifMatch, Predicate<int> isExpected, CancellationToken cancellationToken)
    {
        using var message = pipeline.CreateMessage();
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(new Uri($"{root}/{path}"));
        request.Headers.SetValue("x-ms-version", "2019-02-02");
        request.Headers.SetValue("DataServiceVersion", "3.0");
        request.Headers.SetValue(HttpHeader.Names.Accept, "application/json;odata=minimalmetadata");
        if (ifMatch is { } version)
        {
            request.Headers.SetValue(HttpHeader.Names.IfMatch, version.ToString("H"));
        }

        if (!body.IsEmpty)
        {
            request.Headers.SetValue(HttpHeader.Names.ContentType, "application/json");
            request.Headers.SetValue("Prefer", "return-no-content");
            request.Content = RequestContent.Create(body);
        }

        await pipeline.SendAsync(message, cancellationToken);
        var response = message.Response;
        return response.Status is >= 200 and < 300 || isExpected(response.Status) ? response : throw new RequestFailedException(response);
    }
}
