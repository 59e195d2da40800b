using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TraderHub.Testing;

namespace TraderHub.Data.Tests.KeyValue;

/// <summary>Requests to Azurite that the store itself never sends.</summary>
internal static class TableRequest
{
    public static HttpRequestMessage Sign(HttpRequestMessage request)
    {
        var date = TimeProvider.System.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        var text = $"{date}\n/devstoreaccount1{request.RequestUri!.AbsolutePath}";
        var signature = HMACSHA256.HashData(Convert.FromBase64String(AzuriteServer.PublicKey), Encoding.UTF8.GetBytes(text));
        request.Headers.Add("x-ms-date", date);
        request.Headers.Add("x-ms-version", "2019-02-02");
        request.Headers.Add("Accept", "application/json;odata=nometadata");
        request.Headers.Authorization = new("SharedKeyLite", $"devstoreaccount1:{Convert.ToBase64String(signature)}");
        return request;
    }
}
