using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Settings;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Trading;

/// <summary>A trader's settings.</summary>
public sealed class SettingsFunctions(ISettingsRepository settings, ChangeSettings changeSettings, TimeProvider clock)
{
    private const string Unreadable = "What is stored cannot be read.";

    private const string UnreadableCode = "STORED_DATA_UNREADABLE";

    /// <summary>The settings of the signed-in trader; what was never chosen is the default.</summary>
    [Function(nameof(GetSettings))]
    [Access(Caller.Trader)]
    [Versioned]
    [Returns<SettingsDocument>("The settings.")]
    [Fails(StatusCodes.Status500InternalServerError, Unreadable, UnreadableCode)]
    public async Task<IResult> GetSettings(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/settings")] HttpRequest request, CancellationToken cancellationToken) =>
        Answer(await settings.GetAsync(request.Trader(), cancellationToken));

    /// <summary>Replaces the settings; what is left out becomes the default.</summary>
    [Function(nameof(ReplaceSettings))]
    [Access(Caller.Trader)]
    [Versioned]
    [Accepts<SettingsDocument>]
    [Returns<SettingsDocument>("The settings from now on.")]
    [Fails(StatusCodes.Status500InternalServerError, Unreadable, UnreadableCode)]
    public Task<IResult> ReplaceSettings(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/settings")] HttpRequest request, CancellationToken cancellationToken) =>
        ChangeAsync(request, (_, sent) => sent, isOptional: false, cancellationToken);

    /// <summary>Changes what is sent, field by field; null makes a field the default, or takes a coin out of the map; what is left out stays (RFC 7396).</summary>
    [Function(nameof(ChangeSettings))]
    [Access(Caller.Trader)]
    [Versioned]
    [Accepts<SettingsDocument>(IsPatch = true, IsOptional = true)]
    [Returns<SettingsDocument>("The settings from now on.")]
    [Fails(StatusCodes.Status500InternalServerError, Unreadable, UnreadableCode)]
    public Task<IResult> ChangeSettings(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", "post", Route = "api/settings")] HttpRequest request, CancellationToken cancellationToken) =>
        ChangeAsync(request, Merge, isOptional: true, cancellationToken);

    private async Task<IResult> ChangeAsync(
        HttpRequest request, Func<UserSettings, JsonNode?, JsonNode?> combine, bool isOptional, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadFieldsAsync(request, TradingJson.Default.SettingsDocument, cancellationToken, isOptional);
        var condition = request.IfMatch();
        if ((body.Error ?? condition.Error) is { } unreadable)
        {
            return unreadable.ToProblem();
        }

        var changed = await changeSettings.ExecuteAsync(
            request.Trader(),
            (current, errors) =>
            {
                errors.AddAll(body.Value.Errors);
                var document = combine(current, body.Value.Fields).Deserialize(TradingJson.Default.SettingsDocument);
                return document?.ToSettings(current, errors) ?? current;
            },
            condition.Value,
            cancellationToken);
        return changed.Match(Answer, Problems.ToProblem);
    }

    private JsonNode? Merge(UserSettings current, JsonNode? patch)
    {
        var document = JsonSerializer.SerializeToNode(SettingsDocument.From(current, clock.GetInstant()), TradingJson.Default.SettingsDocument)!;

        // A zone is one choice: a new offset is not to be overruled by the zone that was chosen before it.
        const string Timezone = "timezone";
        if (patch is JsonObject changes && changes.ContainsKey(Timezone))
        {
            document.AsObject().Remove(Timezone);
        }

        return MergePatch.Apply(document, patch);
    }

    private IResult Answer(UserSettings current) => Reply.Json(
        SettingsDocument.From(current, clock.GetInstant()),
        TradingJson.Default.SettingsDocument,
        etag: current.Version.ToString(CultureInfo.InvariantCulture));
}
