using System.Text;
using System.Text.Json;
using TraderHub.Testing;

namespace TraderHub.Functions.Tests.Commands;

public sealed class KvImportTests : IDisposable
{
    private readonly TempFolder folder = new();

    private string FilePath => folder.File("in.json");

    public void Dispose() => folder.Dispose();

    [Theory]
    [Trait("Case", "T2")]
    [Trait("Case", "T4")]
    [InlineData("""{"name":"bad","value":"1","metadata":{"x":"\ud800"}}""", "metadata")]
    [InlineData("""{"name":"bad","value":"1","metadata":{"\ud800":"x"}}""", "metadata")]
    [InlineData("""{"name":"bad","value":"1","metadata":["a",{"b":"\udc00\ud800"}]}""", "metadata")]
    [InlineData("""{"name":"bad","value":"1","metadata":"\ud800"}""", "metadata")]
    [InlineData("""{"name":"bad","value":"1","\ud800x":1}""", """\ud800x""")]
    [InlineData("""{"name":"\ud800","value":"1"}""", "name")]
    [InlineData("""{"key":"bad\udfff","value":"1"}""", "key")]
    [InlineData("""{"name":"bad","value":"\ud83d"}""", "value")]
    [InlineData("""{"name":"bad","value":"1","metadata":{"x":"<FF>"}}""", "metadata")]
    [InlineData("""{"name":"bad","value":"1","metadata":{"<FF>":1}}""", "metadata")]
    [InlineData("""{"name":"bad","value":"<FF>"}""", "value")]
    [InlineData("""{"name":"bad","value":"1","x<FF>":1}""", "x")]
    public async Task Import_ARowWithATextThatIsNoUnicode_IsNamedWithItsFieldAndHarmsNoOther(string row, string field)
    {
        var text = $$"""[{"name":"one","value":"1"},{{row}},{"name":"three","value":"3"}]""";
        await File.WriteAllBytesAsync(FilePath, [.. Encoding.UTF8.GetBytes(text.Replace("<FF>", "\u0001")).Select(value => value == 1 ? (byte)0xFF : value)]);

        var run = await RunAsync("import", FilePath);

        Assert.Equal((1, "3 rows: 2 stored, 0 there already, 0 expired, 1 failed"), (run.Exit, run.Output));
        Assert.StartsWith($"row 2: {field}", run.Errors.Split('\n')[0], StringComparison.Ordinal);
        Assert.Equal(["one", "three"], await KeysAsync());
    }

    [Theory]
    [Trait("Case", "T4")]
    [InlineData("[<1>,<2>,]", 2, 1)]
    [InlineData("[<1>] garbage", 1, 1)]
    [InlineData("[<1>\n]\n[<2>]", 1, 3)]
    [InlineData("[<1> /* why */]", 1, 1)]
    [InlineData("[<1>,\n<2>,\n<3>", 3, 3)]
    [InlineData("[<1>,\n{\"name\":\"2\",\"value\":\"2\"\n", 1, 3)]
    [InlineData("[<1>,<2> <3>]", 2, 1)]
    [InlineData("[<1>,<2>,{'name':1}]", 2, 1)]
    [InlineData("[<1>,<2>}", 2, 1)]
    [InlineData("[,<1>]", 0, 1)]
    public async Task Import_AFileWithAFaultOfSyntax_StoresTheRowsBeforeAndSaysWhereItIs(string text, int rows, int line)
    {
        await File.WriteAllTextAsync(FilePath, Rows(text));

        var run = await RunAsync("import", FilePath);

        Assert.Equal(1, run.Exit);
        Assert.Equal($"{rows} rows: {rows} stored, 0 there already, 0 expired, 0 failed", run.Output);
        Assert.Contains($"after row {rows} (line {line}). Of the rows before, {rows} are stored.", Assert.Single(run.Errors.Split('\n')), StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(1, rows).Select(row => $"{row}"), await KeysAsync());
    }

    [Theory]
    [Trait("Case", "T4")]
    [InlineData(70)]
    [InlineData(990)]
    [InlineData(5000)]
    [InlineData(200_000)]
    public async Task Import_ARowThatIsNestedTooDeep_IsAFaultOfThatRowAlone(int levels)
    {
        var deep = $$"""{"name":"2","value":"2","metadata":{{new string('[', levels)}}{{new string(']', levels)}}}""";
        await File.WriteAllTextAsync(FilePath, Rows($"[<1>,{deep},<3>]"));

        var run = await RunAsync("import", FilePath);

        Assert.Equal((1, "3 rows: 2 stored, 0 there already, 0 expired, 1 failed"), (run.Exit, run.Output));
        Assert.StartsWith("row 2: ", Assert.Single(run.Errors.Split('\n')), StringComparison.Ordinal);
        Assert.Equal(["1", "3"], await KeysAsync());
    }

    [Fact]
    [Trait("Case", "T4")]
    public async Task Import_MetadataAsDeepAsTheyMayBe_ComeBackFromTheirExport()
    {
        var deep = $$"""[{"name":"1","value":"1","metadata":{{new string('[', 64)}}{{new string(']', 64)}}}]""";
        await File.WriteAllTextAsync(FilePath, deep);

        Assert.Equal(0, (await RunAsync("import", FilePath)).Exit);
        Assert.Equal(0, (await RunAsync("export", folder.File("out.json"))).Exit);
        Assert.Equal(deep, await File.ReadAllTextAsync(folder.File("out.json")));
        Assert.Equal("1 rows: 0 stored, 1 there already, 0 expired, 0 failed", (await RunAsync("import", folder.File("out.json"))).Output);
    }

    [Fact]
    [Trait("Case", "T4")]
    public async Task Import_RowsOfAllSizes_AreReadWhereverABufferOfTheReaderEnds()
    {
        var rows = Enumerable.Range(0, 60).Select(row => new { name = $"{row:00}", value = new string('ä', row * row * 200) }).ToList();
        await File.WriteAllTextAsync(FilePath, "\uFEFF  " + JsonSerializer.Serialize(rows) + "\r\n\t ");

        Assert.Equal(new(0, "60 rows: 60 stored, 0 there already, 0 expired, 0 failed", ""), await RunAsync("import", FilePath));
        Assert.Equal(0, (await RunAsync("export", folder.File("out.json"))).Exit);
        using var exported = JsonDocument.Parse(await File.ReadAllTextAsync(folder.File("out.json")));
        Assert.Equal(
            rows.Select(row => (row.name, row.value)),
            exported.RootElement.EnumerateArray().Select(row => (row.GetProperty("name").GetString()!, row.GetProperty("value").GetString()!)));
    }

    [Theory]
    [Trait("Case", "T4")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("nonsense")]
    public async Task Import_WhatIsNoArray_SaysSo(string text)
    {
        await File.WriteAllTextAsync(FilePath, text);

        Assert.Equal(new(1, "", $"'{FilePath}' is not a JSON array."), await RunAsync("import", FilePath));
    }

    [Theory]
    [Trait("Case", "T5")]
    [InlineData("""{"name":"2","key":"2","value":"2"}""", "key")]
    [InlineData("""{"name":"2","name":"2","value":"2"}""", "name")]
    [InlineData("""{"key":"2","value":"2","value":"two"}""", "value")]
    [InlineData("""{"key":"2","value":"2","metadata":1,"metadata":2}""", "metadata")]
    [InlineData("""{"key":"2","value":"2","expiration":4102444800,"expiration":null}""", "expiration")]
    public async Task Import_ARowThatHasAFieldTwice_IsNamedAndHarmsNoOther(string row, string field)
    {
        await File.WriteAllTextAsync(FilePath, Rows($"[<1>,{row},<3>]"));

        var run = await RunAsync("import", FilePath);

        Assert.Equal((1, "3 rows: 2 stored, 0 there already, 0 expired, 1 failed"), (run.Exit, run.Output));
        Assert.StartsWith($"row 2: {field}: comes twice", Assert.Single(run.Errors.Split('\n')), StringComparison.Ordinal);
        Assert.Equal(["1", "3"], await KeysAsync());
    }

    [Fact]
    [Trait("Case", "T5")]
    public async Task Import_AKeyInSeveralRows_HasTheValueOfTheLastAndEveryRowIsCounted()
    {
        await File.WriteAllTextAsync(
            FilePath, """[{"name":"a","value":"1"},{"name":"b","value":"1"},{"key":"a","value":"2"},{"name":"a","value":"2"},{"name":"a","value":"1","expiration":1}]""");

        var run = await RunAsync("import", FilePath);

        Assert.Equal(new(0, "5 rows: 3 stored, 1 there already, 1 expired, 0 failed", ""), run);
        Assert.Equal(0, (await RunAsync("export", folder.File("out.json"))).Exit);
        Assert.Equal("""[{"name":"a","value":"2"},{"name":"b","value":"1"}]""", await File.ReadAllTextAsync(folder.File("out.json")));
    }

    [Theory]
    [Trait("Case", "C3")]
    [InlineData("import")]
    [InlineData("export")]
    [InlineData("put", "key", "--file")]
    public async Task AnyCommand_OnAFolderInThePlaceOfAFile_SaysThatItIsOne(params string[] command)
    {
        var place = Directory.CreateDirectory(folder.File("place")).FullName;

        var run = await RunAsync([.. command, place]);

        Assert.Equal(new(1, "", $"'{place}' is a folder; name a file."), run);
        Assert.Empty(Directory.GetFileSystemEntries(place));
    }

    /// <summary>A text in which <c>&lt;1&gt;</c> stands for the row of the key 1.</summary>
    private static string Rows(string text) => Enumerable.Range(1, 3).Aggregate(
        text, (rows, number) => rows.Replace($"<{number}>", $$"""{"name":"{{number}}","value":"{{number}}","metadata":[{{number}}]}""", StringComparison.Ordinal));

    private async Task<IEnumerable<string>> KeysAsync()
    {
        Assert.Equal(0, (await RunAsync("export", folder.File("keys.json"))).Exit);
        using var keys = JsonDocument.Parse(await File.ReadAllTextAsync(folder.File("keys.json")));
        return [.. keys.RootElement.EnumerateArray().Select(key => key.GetProperty("name").GetString()!)];
    }

    private Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.ExecuteAsync(["kv", .. arguments, "--data", folder.File("data")]);
}
