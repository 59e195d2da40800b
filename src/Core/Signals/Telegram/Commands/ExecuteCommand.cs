using System.Globalization;
using NodaTime;
using NodaTime.Text;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Chats;

namespace TraderHub.Core.Signals.Telegram.Commands;

/// <summary><c>/execute T P [DATE]</c>: records that the owner acted on a signal.</summary>
public sealed class ExecuteCommand(TimeProvider clock) : ICommand
{
    private const string Example = "/execute SPY 400.50 2026-01-15";

    private const NumberStyles Decimal = NumberStyles.AllowDecimalPoint;

    /// <inheritdoc />
    public string Name => "execute";

    /// <inheritdoc />
    public Task<CommandPlan> PlanAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Task.FromResult(Plan(context));
    }

    private CommandPlan Plan(CommandContext context)
    {
        if (context.Arguments is not ([_, _] or [_, _, _]))
        {
            return CommandPlan.Answer(BotTexts.Invalid("Write a ticker and the price, and the date if it was not today.", Example));
        }

        var (text, priceText) = (context.Arguments[0], context.Arguments[1]);
        if (Ticker.Normalize(text) is not { } ticker)
        {
            return CommandPlan.Answer(BotTexts.Invalid($"'{text}' is no ticker: {BotTexts.TickerRule}.", Example));
        }

        if (PriceOf(priceText) is not { } price)
        {
            return CommandPlan.Answer(BotTexts.Invalid($"'{priceText}' is no price: it is a number above 0 with a point, such as 400.50.", Example));
        }

        var now = clock.GetInstant();
        if (context.Arguments is not [_, _, { } dateText])
        {
            return Record(context.ChatId, ticker, price, now.ToUnixTimeMilliseconds(), now);
        }

        return LocalDatePattern.Iso.Parse(dateText) is { Success: true, Value: var date }
            ? Record(context.ChatId, ticker, price, date.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant().ToUnixTimeMilliseconds(), now)
            : CommandPlan.Answer(BotTexts.Invalid($"'{dateText}' is no date: it is year, month and day, such as 2026-01-15.", Example));
    }

    private static CommandPlan Record(string chatId, string ticker, double price, long date, Instant now) => new([])
    {
        Change = new Execute(chatId, ticker, price, date, now.ToUnixTimeMilliseconds()),
        Done = decision => [$"✅ Recorded: {BotTexts.Execution(decision.Execution!)}"],
    };

    /// <summary>A price, to the last character: <c>400.50abc</c>, <c>1,5</c> and <c>Infinity</c> are none.</summary>
    private static double? PriceOf(string text) =>
        text.Length <= 20 && char.IsAsciiDigit(text[0]) && decimal.TryParse(text, Decimal, CultureInfo.InvariantCulture, out var price) && price > 0 && (double)price > 0
            ? (double)price
            : null;
}
