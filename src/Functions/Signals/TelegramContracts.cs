using System.Text.Json.Serialization;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Signals;

/// <summary>The answer to an update; anything but a 200 has Telegram send it again.</summary>
/// <param name="Ok">Whether the update is stored.</param>
public sealed record WebhookAnswer(bool Ok);

/// <summary>A version that was deployed.</summary>
public sealed record DeployBody
{
    /// <summary>The token, for callers who cannot send the header `Authorization`.</summary>
    public string? Token { get; init; }

    /// <summary>The commit's hash: 4 to 64 hexadecimal digits.</summary>
    public required string CommitHash { get; init; }

    /// <summary>The commit's message; its first line is told.</summary>
    [MultiLine]
    public required string CommitMessage { get; init; }

    /// <summary>Where the commit can be read: an `http` or `https` address.</summary>
    public required string CommitUrl { get; init; }

    /// <summary>When it was deployed; it is not told.</summary>
    public string? Timestamp { get; init; }
}

/// <summary>What became of telling a version.</summary>
/// <param name="Success">Whether it is told.</param>
/// <param name="Broadcast">To whom.</param>
public sealed record DeployAnswer(bool Success, DeployBroadcastAnswer Broadcast);

/// <summary>To whom a version is told.</summary>
/// <param name="TotalSubscribers">How many chats are subscribed.</param>
/// <param name="Successful">How many messages were sent so far.</param>
/// <param name="Waiting">How many will be sent next.</param>
/// <param name="Failed">How many were refused so far.</param>
/// <param name="Errors">The refused ones, at most 20.</param>
public sealed record DeployBroadcastAnswer(int TotalSubscribers, int Successful, int Waiting, int Failed, IReadOnlyList<DeployError> Errors);

/// <summary>A message that was refused.</summary>
/// <param name="ChatId">The chat.</param>
/// <param name="Error">What Telegram said.</param>
public sealed record DeployError(string ChatId, string Error);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WebhookAnswer))]
[JsonSerializable(typeof(DeployBody))]
[JsonSerializable(typeof(DeployAnswer))]
internal sealed partial class TelegramHttpJson : JsonSerializerContext;
