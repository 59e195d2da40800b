using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Chats;

namespace TraderHub.Core.Signals.Telegram.Commands;

/// <summary>One of the bot's commands.</summary>
public interface ICommand
{
    /// <summary>Its name, without the slash.</summary>
    string Name { get; }

    /// <summary>Decides what a command does and answers. What is changed by that already can be changed again without a difference.</summary>
    Task<CommandPlan> PlanAsync(CommandContext context, CancellationToken cancellationToken);
}

/// <summary>A command with who wrote it where.</summary>
/// <param name="ChatId">The chat, under the id that it has now.</param>
/// <param name="Arguments">The words after the command.</param>
public sealed record CommandContext(string ChatId, IReadOnlyList<string> Arguments)
{
    /// <summary>Whether the chat is a group.</summary>
    public bool IsGroup { get; init; }

    /// <summary>The user; null for anonymous administrators.</summary>
    public long? UserId { get; init; }

    /// <summary>Whether the group itself is the author.</summary>
    public bool IsByGroup { get; init; }

    /// <summary>When it was received.</summary>
    public required Instant At { get; init; }
}

/// <summary>What is to be done and answered.</summary>
/// <param name="Answers">The answers where nothing is changed.</param>
public sealed record CommandPlan(IReadOnlyList<string> Answers)
{
    /// <summary>The change; null when nothing is changed.</summary>
    public ChatChange? Change { get; init; }

    /// <summary>What is answered once the change is decided.</summary>
    public Func<ChatDecision, IReadOnlyList<string>> Done { get; init; } = _ => [];

    /// <summary>What is answered when the change is refused.</summary>
    public Func<Error, IReadOnlyList<string>> Refused { get; init; } = refusal => [BotTexts.Refused(refusal)];

    /// <summary>What is done in the transaction that marks the update done, before its answers are added; null when nothing is.</summary>
    public Func<CancellationToken, Task>? AtEnd { get; init; }

    /// <summary>Why nothing could be done yet; null when something could.</summary>
    public Error? NotYet { get; init; }

    /// <summary>Nothing can be done yet.</summary>
    public static CommandPlan Later(Error reason) => new([]) { NotYet = reason };

    /// <summary>Nothing is done, and nothing is answered.</summary>
    public static CommandPlan Silence { get; } = new([]);

    /// <summary>One answer, without a change.</summary>
    public static CommandPlan Answer(params IReadOnlyList<string> texts) => new(texts);
}
