using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using TraderHub.Core.Platform;

namespace TraderHub.Functions.Http;

/// <summary>A body that was read and checked.</summary>
/// <param name="Value">What it says.</param>
/// <param name="Fields">Its fields.</param>
internal sealed record ReadBody<T>(T Value, JsonNode Fields)
{
    /// <summary>What tells two bodies apart: equal bytes are equal fields.</summary>
    public ReadOnlyMemory<byte> ToBytes() => Encoding.UTF8.GetBytes(Fields.ToJsonString());
}

/// <summary>Reads bodies whose values are checked beyond their shape: the problems of both come in one answer.</summary>
internal static class RequestFields
{
    /// <summary>What a body says, or all that is wrong with it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="type">The body's contract.</param>
    /// <param name="check">Notes what is wrong with the values. Where a field is missing or of another type, that is noted already, and a stand-in is looked at.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="isOptional">Whether a request without a body says as much as one without fields.</param>
    public static async Task<Result<ReadBody<T>>> ReadAsync<T>(
        HttpRequest request, JsonTypeInfo<T> type, Action<T, FieldErrors> check, CancellationToken cancellationToken, bool isOptional = false)
    {
        var body = await RequestBody.ReadFieldsAsync(request, type, cancellationToken, isOptional);
        if (body.Error is { } unreadable)
        {
            return unreadable;
        }

        if (body.Value.Fields is not JsonObject fields)
        {
            return body.Value.Errors.ToError();
        }

        var value = Complete(fields, type);
        check(value, body.Value.Errors);
        return body.Value.Errors.IsEmpty ? new ReadBody<T>(value, fields) : body.Value.Errors.ToError();
    }

    /// <summary>What fields say, with stand-ins where required ones are missing.</summary>
    public static T Complete<T>(JsonObject fields, JsonTypeInfo<T> type)
    {
        Fill(fields, type);
        return fields.Deserialize(type)!;
    }

    private static void Fill(JsonObject fields, JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            var itsType = type.Options.GetTypeInfo(property.PropertyType);
            if (fields[property.Name] is null && property.IsRequired)
            {
                fields[property.Name] = property.PropertyType == typeof(string) ? string.Empty : property.PropertyType.IsValueType ? 0 : new JsonArray();
            }
            else if (fields[property.Name] is JsonArray list && itsType.Kind == JsonTypeInfoKind.Enumerable)
            {
                Fill(list, type.Options.GetTypeInfo(itsType.ElementType!));
            }
        }
    }

    private static void Fill(JsonArray list, JsonTypeInfo type)
    {
        for (var i = 0; i < list.Count && type.Kind == JsonTypeInfoKind.Object; i++)
        {
            if (list[i] is not JsonObject item)
            {
                list[i] = item = [];
            }

            Fill(item, type);
        }
    }
}
