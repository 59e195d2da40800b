using Microsoft.Extensions.Configuration;
using TraderHub.Data.KeyValue;
using TraderHub.Data.Platform;

namespace TraderHub.Data.Tests.KeyValue;

public sealed class KeyValueOptionsTests
{
    private const string Account = "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=a2V5;EndpointSuffix=core.windows.net";

    [Fact]
    public void Read_NothingSet_IsSqlite() => Assert.Equal(KeyValueProvider.Sqlite, Read().Options.Provider);

    [Theory]
    [InlineData("KeyValue:ConnectionString", "UseDevelopmentStorage=true")]
    [InlineData("KeyValue:ConnectionString", Account)]
    [InlineData("KeyValue:ConnectionString", "TableEndpoint=https://a.table.core.windows.net;SharedAccessSignature=sv=1&sig=x")]
    [InlineData("KeyValue:ServiceUri", "https://a.table.core.windows.net")]
    public void Read_ATableThatOneSettingNames_IsAccepted(string key, string value)
    {
        var (options, problems) = Read(("KeyValue:Provider", "table"), (key, value));

        Assert.Empty(problems);
        Assert.Equal(KeyValueProvider.Table, options.Provider);
    }

    [Theory]
    [InlineData("KeyValue:ConnectionString is missing", "KeyValue:Provider=table")]
    [InlineData("KeyValue:ConnectionString is set, and so is", "KeyValue:Provider=table", "KeyValue:ConnectionString=UseDevelopmentStorage=true", "KeyValue:ServiceUri=https://a.example")]
    [InlineData("KeyValue:ConnectionString is not a connection string", "KeyValue:Provider=table", "KeyValue:ConnectionString=nonsense")]
    [InlineData("KeyValue:TableName is '1-a'", "KeyValue:TableName=1-a")]
    [InlineData("KeyValue:Provider is 'redis'", "KeyValue:Provider=redis")]
    [InlineData("KeyValue:Provider is 'sqlite', and a Functions plan's", "WEBSITE_INSTANCE_ID=1")]
    public void Read_WhatCannotBe_IsReported(string problem, params string[] settings)
    {
        var (_, problems) = Read([.. settings.Select(setting => setting.Split('=', 2)).Select(parts => (parts[0], parts[1]))]);

        Assert.StartsWith(problem, Assert.Single(problems), StringComparison.Ordinal);
    }

    private static (KeyValueOptions Options, IReadOnlyList<string> Problems) Read(params (string Key, string Value)[] values)
    {
        var reader = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(pair => pair.Key, pair => (string?)pair.Value)).Build());
        var options = KeyValueOptions.Read(reader);
        return (options, Record.Exception(reader.ThrowIfInvalid) is InvalidSettingsException invalid ? invalid.Problems : []);
    }
}
