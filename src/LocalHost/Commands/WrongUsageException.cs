namespace TraderHub.LocalHost.Commands;

/// <summary>A command was asked for what there is not; nothing was done.</summary>
internal sealed class WrongUsageException(string message) : Exception(message);
