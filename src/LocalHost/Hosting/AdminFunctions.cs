using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TraderHub.Core.Platform;
using TraderHub.Functions.Http;
using TraderHub.LocalHost.Hosting.Timers;

namespace TraderHub.LocalHost.Hosting;

/// <summary>What the Functions host itself answers under <c>/admin</c>, as far as TraderHub's operators use it.</summary>
internal sealed class AdminFunctions(TimerHost timers, AuthOptions options, WrongSecrets wrongSecrets, AuditTrail audit)
{
    private const string KeyHeader = "x-functions-key";

    private const string Action = "run timer";

    private static readonly Error NotTheKey = new(
        ErrorKind.Unauthenticated,
        "ADMIN_KEY_REQUIRED",
        $"Send the setting Auth:AdminToken in the header '{KeyHeader}'. While the setting is empty, no key is accepted.");

    /// <summary>This function as the catalog has it; its route is one that only a host may have.</summary>
    public static HttpFunction InvokeTimerFunction { get; } = new(
        "AdminInvokeTimer", typeof(AdminFunctions).GetMethod(nameof(InvokeTimer))!, "admin/functions/{name}", [HttpMethods.Post], new AccessAttribute(Caller.Anybody));

    /// <summary>Runs a timer function now: 202, and the run follows.</summary>
    public async Task<IResult> InvokeTimer(HttpRequest request, string name, CancellationToken cancellationToken)
    {
        var key = request.Headers[KeyHeader].ToString();
        if (!Secrets.AreEqual(key, options.AdminToken))
        {
            return (await wrongSecrets.RefuseAsync(request, Action, key, NotTheKey, name)).ToProblem();
        }

        if (timers.Listeners.FirstOrDefault(listener => listener.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } timer)
        {
            return new Error(
                ErrorKind.NotFound,
                "FUNCTION_NOT_FOUND",
                $"There is no timer function '{name}'. The timers are: {string.Join(", ", timers.Listeners.Select(listener => listener.Name))}.").ToProblem();
        }

        var body = await RequestBody.ReadAsync(request, cancellationToken);
        if (body.Error is { } unreadable)
        {
            return unreadable.ToProblem();
        }

        if (!IsJsonObject(RequestBody.WithoutMark(body.Value).Span))
        {
            return new Error(ErrorKind.Invalid, "MALFORMED_JSON", "The body is not a JSON object; send {}.").ToProblem();
        }

        await audit.WriteAsync(request, "operator", Action, detail: timer.Name);
        timer.RequestRun();
        return Results.StatusCode(StatusCodes.Status202Accepted);
    }

    private static bool IsJsonObject(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        try
        {
            return JsonDocument.TryParseValue(ref reader, out var document) && document.RootElement.ValueKind == JsonValueKind.Object && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
