using System.Text.Json;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Hosting;

/// <summary>The command <c>jobs run</c>, as an operator has it.</summary>
public sealed class JobsCommandTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private QuotesDouble quotes = null!;

    public async Task InitializeAsync() => quotes = await QuotesDouble.StartAsync();

    public async Task DisposeAsync()
    {
        await quotes.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Run_AReportOfAPastDate_MakesIt_AndSaysHowItEnded()
    {
        quotes.AnswerPrices("AAPL", new DateOnly(2024, 6, 11), [.. Enumerable.Range(1, 60).Select(day => 100m + day)]);

        var (exitCode, row) = await RunAsync("pre-market --date 2024-06-12");

        Assert.Equal((0, "partial", 2, 1), (
            exitCode, row.GetProperty("status").GetString(), row.GetProperty("symbols").GetInt32(), row.GetProperty("successful").GetInt32()));
        Assert.Equal("""["Yahoo Finance answered with status 404."]""", row.GetProperty("errors").GetRawText());
    }

    [Theory]
    [InlineData("pre-market --date 2024-06-12", "failed")]
    [InlineData("weekly --date 2024-06-16", "failed")]
    [InlineData("intraday --date 2024-06-12", "refused")]
    [InlineData("end-of-day --date 2024-06-19", "refused")]
    public async Task Run_WhatCannotBeMade_ExitsWith1(string arguments, string status)
    {
        var (exitCode, row) = await RunAsync(arguments);

        Assert.Equal((1, status), (exitCode, row.GetProperty("status").GetString()));
        Assert.NotEqual(0, row.GetProperty("errors").GetArrayLength());
    }

    private async Task<(int ExitCode, JsonElement Row)> RunAsync(string arguments)
    {
        await using var process = LocalHostProcess.Start(
            folder.Path, $"jobs run {arguments} --json", ("Quotes:BaseUrl", quotes.Address.ToString()), ("Jobs:Symbols", "AAPL,GONE"));
        var exitCode = await process.WaitForExitAsync();
        return (exitCode, JsonDocument.Parse(string.Concat(process.Output)).RootElement);
    }
}
