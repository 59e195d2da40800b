namespace TraderHub.Data.Sql;

/// <summary>A file of the data cannot be used. The message is for an operator: it names the file, what is wrong with it, and what to do.</summary>
public sealed class DataFileException(string message, Exception? innerException = null) : IOException(message, innerException)
{
    /// <summary>The one that an exception stems from; null when it has another cause.</summary>
    public static DataFileException? FindIn(Exception? exception)
    {
        while (exception is not (null or DataFileException))
        {
            exception = exception.InnerException;
        }

        return (DataFileException?)exception;
    }
}
