using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Telegram;

namespace TraderHub.Data.Tests.Signals.Telegram;

/// <summary>No chat belongs to a trader.</summary>
internal sealed class NoLinks : IChatLinks
{
    public Task<Result<string>> LinkAsync(string chatId, string code, CancellationToken cancellationToken) =>
        Task.FromResult<Result<string>>(new Error(ErrorKind.NotFound, "LINK_CODE_NOT_VALID", "There are no codes."));

    public Task MoveAsync(string oldChatId, string newChatId, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task RemoveAsync(string chatId, CancellationToken cancellationToken) => Task.CompletedTask;
}
