using System.Net.Http.Json;
using System.Text.Json;

namespace TraderHub.Soak.Traffic;

/// <summary>Moves a group as an operator does who has nothing but HTTP: asks for a move, and for its run until that has ended.</summary>
internal sealed class HttpOperator(HttpClient http, string group, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>Makes a move, and waits for its end.</summary>
    /// <exception cref="InvalidOperationException">It was refused, or left problems.</exception>
    public async Task MoveAsync(string action, object body)
    {
        using var begun = await http.PostAsJsonAsync($"/api/migration/{group}/{action}", body);
        var answer = await begun.Content.ReadAsStringAsync();
        if (!begun.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{action} was refused: {answer}");
        }

        while (true)
        {
            using var asked = await http.GetAsync(begun.Headers.Location);
            answer = await asked.Content.ReadAsStringAsync();
            using var document = JsonDocument.Parse(answer);
            switch (document.RootElement.GetProperty("status").GetString())
            {
                case "completed" when !document.RootElement.GetProperty("hasProblems").GetBoolean():
                    return;
                case "running":
                    await Task.Delay(Look, clock);
                    break;
                default:
                    throw new InvalidOperationException($"{action} ended with {answer}");
            }
        }
    }
}
