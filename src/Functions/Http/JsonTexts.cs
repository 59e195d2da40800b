using System.Runtime.InteropServices;
using System.Text.Json;
using TraderHub.Core.Platform;

namespace TraderHub.Functions.Http;

/// <summary>Looks at the texts of JSON: what is no plain text (rule H5) can be spelled there with a backslash.</summary>
internal static class JsonTexts
{
    private const byte Delete = 0x7F;

    private const byte FirstOfLateControls = 0xC2;

    /// <summary>Notes the problems of every name and every text in JSON of any shape; whether there are none.</summary>
    public static bool Check(JsonElement element, string path, FieldErrors errors)
    {
        if (!JsonMarshal.GetRawUtf8Value(element).ContainsAny((byte)'\\', Delete, FirstOfLateControls))
        {
            return true;
        }

        var isPlain = true;
        switch (element.ValueKind)
        {
            case JsonValueKind.String when FindProblem(element, hasLines: true) is { } problem:
                errors.Add(path, problem);
                return false;
            case JsonValueKind.Array:
                foreach (var (index, item) in element.EnumerateArray().Index().TakeWhile(_ => !errors.HasMore))
                {
                    isPlain &= Check(item, $"{path}[{index}]", errors);
                }

                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject().TakeWhile(_ => !errors.HasMore))
                {
                    isPlain &= TryGetName(property, path, errors, out var name) && Check(property.Value, $"{path}.{name}", errors);
                }

                break;
            default:
                break;
        }

        return isPlain;
    }

    /// <summary>Whether JSON of any shape can be written again: one that holds half of a character in a text or a name cannot.</summary>
    public static bool IsWritable(JsonElement element)
    {
        if (!JsonMarshal.GetRawUtf8Value(element).Contains((byte)'\\'))
        {
            return true;
        }

        try
        {
            using var writer = new Utf8JsonWriter(Stream.Null);
            element.WriteTo(writer);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>What is wrong with a text; null when nothing is.</summary>
    public static string? FindProblem(JsonElement text, bool hasLines)
    {
        try
        {
            return PlainText.FindProblem(text.GetString()!, hasLines);
        }
        catch (InvalidOperationException)
        {
            return PlainText.HalfCharacter;
        }
    }

    /// <summary>The name of a field; false when it is no plain text, which is noted.</summary>
    public static bool TryGetName(JsonProperty property, string path, FieldErrors errors, out string name)
    {
        name = string.Empty;
        string? problem;
        try
        {
            name = property.Name;
            problem = PlainText.FindProblem(name);
        }
        catch (InvalidOperationException)
        {
            problem = PlainText.HalfCharacter;
        }

        if (problem is not null)
        {
            errors.Add(path, $"has a field whose name {problem}");
        }

        return problem is null;
    }
}
