namespace Azure.Data.Tables;

/// <summary>A storage account's connection string: where its tables are, and what opens them.</summary>
internal sealed record ConnectionString(Uri Endpoint, string? AccountName, string? AccountKey, string? Sas)
{
    private const string EmulatorAccount = "devstoreaccount1";

    /// <summary>The emulator's key is public: every installation has this one.</summary>
    private const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    public static ConnectionString Parse(string text)
    {
        var parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2))
            .ToDictionary(
                part => part[0],
                part => part.Length == 2 ? part[1] : throw new FormatException("The connection string has a setting without a value."),
                StringComparer.OrdinalIgnoreCase);
        if (parts.TryGetValue("UseDevelopmentStorage", out var isEmulator) && bool.Parse(isEmulator))
        {
            return new(new Uri($"http://127.0.0.1:10002/{EmulatorAccount}"), EmulatorAccount, EmulatorKey, null);
        }

        var name = parts.GetValueOrDefault("AccountName");
        var key = parts.GetValueOrDefault("AccountKey");
        var sas = parts.GetValueOrDefault("SharedAccessSignature")?.TrimStart('?');
        if (sas is null && (name is null || key is null))
        {
            throw new FormatException("The connection string has neither an account's name and key nor a shared access signature.");
        }

        return new(EndpointOf(parts, name), name, key, sas);
    }

    private static Uri EndpointOf(Dictionary<string, string> parts, string? name)
    {
        if (parts.TryGetValue("TableEndpoint", out var endpoint))
        {
            return new Uri(endpoint);
        }

        var protocol = parts.GetValueOrDefault("DefaultEndpointsProtocol", "https");
        var suffix = parts.GetValueOrDefault("EndpointSuffix", "core.windows.net");
        return name is null
            ? throw new FormatException("The connection string names neither an account nor a table endpoint.")
            : new Uri($"{protocol}://{name}.table.{suffix}");
    }
}
