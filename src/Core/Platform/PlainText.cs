using System.Buffers;
using System.Text;

namespace TraderHub.Core.Platform;

/// <summary>
/// What a text may be that comes from outside: characters that every database keeps and every answer can carry (rule H5). Lengths of texts are counted in
/// characters as people count them, code points, whatever they are stored in.
/// </summary>
public static class PlainText
{
    /// <summary>What is wrong with a text that holds half of a character, as UTF-16 without its pair can.</summary>
    public const string HalfCharacter = "must not hold half of a character (a surrogate without its pair).";

    private const string Nothing = "must not hold the character U+0000.";

    /// <summary>Whether a text holds nothing that is refused.</summary>
    public static bool IsPlain(string text, bool hasLines = false) => FindProblem(text, hasLines) is null;

    /// <summary>What is wrong with a text; null when nothing is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hasLines">Whether it may have tabs and ends of lines.</param>
    public static string? FindProblem(string text, bool hasLines = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out var character, out var length) != OperationStatus.Done)
            {
                return HalfCharacter;
            }

            if (Rune.IsControl(character) && !(hasLines && character.Value is '\t' or '\n' or '\r'))
            {
                return character.Value == 0 ? Nothing : $"must not hold control characters such as U+{character.Value:X4}.";
            }

            rest = rest[length..];
        }

        return null;
    }

    /// <summary>How many characters a text has.</summary>
    public static int LengthOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    /// <summary>A text as it can be told in an answer: its beginning, with U+FFFD in the place of what is refused.</summary>
    public static string Quote(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= most && IsPlain(text))
        {
            return text;
        }

        var quoted = new StringBuilder();
        foreach (var character in text.EnumerateRunes().Take(most))
        {
            quoted.Append((Rune.IsControl(character) ? Rune.ReplacementChar : character).ToString());
        }

        return text.EnumerateRunes().Skip(most).Any() ? quoted.Append("...").ToString() : quoted.ToString();
    }
}
