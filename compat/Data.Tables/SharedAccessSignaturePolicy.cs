using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables;

/// <summary>Adds a shared access signature to the request's address.</summary>
internal sealed class SharedAccessSignaturePolicy(string signature) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var query = message.Request.Uri.Query;

        // A request that is sent again has it already.
        if (!query.Contains(signature, StringComparison.Ordinal))
        {
            message.Request.Uri.Query = string.IsNullOrEmpty(query) ? signature : $"{query}&{signature}";
        }
    }
}
