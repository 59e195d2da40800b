using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>How the service is called: retries and transport.</summary>
public class TableClientOptions : ClientOptions;
