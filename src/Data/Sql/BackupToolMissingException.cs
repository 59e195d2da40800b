namespace TraderHub.Data.Sql;

/// <summary>A database cannot be backed up from here, because the database's own tool is not on this machine.</summary>
public sealed class BackupToolMissingException(string message, Exception cause) : IOException(message, cause);
