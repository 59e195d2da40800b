using TraderHub.Core.Platform;
using TraderHub.Data.Platform;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;

namespace TraderHub.Functions;

/// <summary>Says why the worker did not start, where an operator can mend it.</summary>
internal static class StartFailure
{
    /// <summary>One line for standard error; null for what is a bug, which shows its stack.</summary>
    public static string? Describe(Exception exception)
    {
        var problem = exception switch
        {
            InvalidSettingsException invalid => invalid.InOneLine,
            StorageException when DataFileException.FindIn(exception) is { } file => file.Message,
            StorageException { InnerException: { } cause } => $"{exception.Message} {cause.Message}",
            MigrationException or StorageException => exception.Message,
            _ => null,
        };

        // The Functions host logs every line of standard error by itself, and as an error only one that has the word "error" in it.
        return problem is null ? null : $"Error: {problem.ReplaceLineEndings(" ")}";
    }
}
