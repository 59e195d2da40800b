using System.Text.RegularExpressions;
using Azure.Data.Tables;
using TraderHub.Data.Platform;

namespace TraderHub.Data.KeyValue;

/// <summary>Which store holds the keys.</summary>
public enum KeyValueProvider
{
    /// <summary>The file <c>kv.db</c> in the data folder.</summary>
    Sqlite,

    /// <summary>Azure Table Storage.</summary>
    Table,
}

/// <summary>Where the key-value store is.</summary>
/// <param name="Provider">Which store.</param>
/// <param name="TableName">The table's name; the chunks of large values are in a second one, with <c>chunks</c> behind its name.</param>
/// <param name="ConnectionString">How Table Storage is reached; null when it is reached by its address.</param>
/// <param name="ServiceUri">The address of the account's tables, opened by the machine's own identity.</param>
public sealed partial record KeyValueOptions(
    KeyValueProvider Provider, string TableName = KeyValueOptions.DefaultTableName, string? ConnectionString = null, Uri? ServiceUri = null)
{
    private const string DefaultTableName = "traderhubkv";

    private const string ProviderKey = "KeyValue:Provider";

    private const string ConnectionStringKey = "KeyValue:ConnectionString";

    private const string ServiceUriKey = "KeyValue:ServiceUri";

    private const string TableNameKey = "KeyValue:TableName";

    private const string Emulator = "UseDevelopmentStorage=true";

    /// <summary>Reads the settings of the section <c>KeyValue</c>.</summary>
    public static KeyValueOptions Read(SettingsReader settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var isTable = settings.Choice(ProviderKey, "sqlite", "sqlite", "table") == "table";
        var tableName = settings.Text(TableNameKey, DefaultTableName);
        var connectionString = settings.Secret(ConnectionStringKey, minimumLength: 1);
        var serviceUri = settings.Text(ServiceUriKey, string.Empty) is { Length: > 0 } ? settings.Url(ServiceUriKey, "https://account.table.core.windows.net") : null;
        if (!TableNames().IsMatch(tableName))
        {
            settings.Report(TableNameKey, $"is '{tableName}', which is not a table's name: a letter, then letters and digits, 3 to 50 together", DefaultTableName);
        }

        if (isTable && connectionString is null == serviceUri is null)
        {
            settings.Report(
                ConnectionStringKey,
                $"{(serviceUri is null ? "is missing, and so is" : "is set, and so is")} {ServiceUriKey}: with KeyValue:Provider table exactly one of them says where the tables are",
                Emulator);
        }

        if (isTable && connectionString is not null && !IsConnectionString(connectionString))
        {
            settings.Report(ConnectionStringKey, "is not a connection string of a storage account", Emulator);
        }

        if (!isTable && settings.IsInFunctionsPlan)
        {
            settings.Report(ProviderKey, "is 'sqlite', and a Functions plan's disk is neither shared nor durable", "table");
        }

        return new(
            isTable ? KeyValueProvider.Table : KeyValueProvider.Sqlite, tableName, isTable ? connectionString : null, isTable ? serviceUri : null);
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            _ = new TableClient(text, DefaultTableName);
            return true;
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,49}$")]
    private static partial Regex TableNames();
}
