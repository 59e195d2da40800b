using NodaTime;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Platform;

namespace TraderHub.Data.Tests.KeyValue;

/// <summary>What every <see cref="IKeyValueStore"/> does.</summary>
public abstract class KeyValueStoreContract : KeyValueContract
{
    [SkippableFact]
    public async Task Get_AKeyThatIsNotThere_IsNull()
    {
        Assert.Null(await Store.GetAsync("missing", CancellationToken.None));
        Assert.Null(await Store.GetWithMetadataAsync("missing", CancellationToken.None));
    }

    [SkippableFact]
    public async Task Put_ThenGet_IsWhatWasStored()
    {
        var options = new PutOptions("""{"from":"test","n":[1,2]}""", TimeToLive: Duration.FromSeconds(60));

        await PutAsync("key", "value", options);

        var entry = await Store.GetWithMetadataAsync("key", CancellationToken.None);
        Assert.Equal("value", Values.TextOf(entry!.Value));
        Assert.Equal(options.Metadata, entry.Metadata);
        Assert.Equal(Instant.FromUtc(2026, 11, 21, 9, 31), entry.Expiration);
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64 * 1024)]
    [InlineData((64 * 1024) + 1)]
    [InlineData(1024 * 1024)]
    [InlineData(KeyValueRules.LargestValue)]
    public async Task Put_AValueOfAnySize_ComesBackByteForByte(int size)
    {
        var value = Values.OfSize(size);

        await Store.PutAsync("large", value, PutOptions.None, CancellationToken.None);

        Values.AssertEqual(value, await Store.GetAsync("large", CancellationToken.None));
    }

    [SkippableFact]
    public async Task Put_AValueThatIsNoJsonAndNoText_ComesBackByteForByte()
    {
        byte[] value = [0xFF, 0x00, 0x7B, 0xC3, 0x28, 0x0D, 0x0A];

        await Store.PutAsync("bytes", value, PutOptions.None, CancellationToken.None);

        Assert.Equal(value, (await Store.GetAsync("bytes", CancellationToken.None))!.Value.ToArray());
    }

    [SkippableTheory]
    [InlineData("a/b\\c#d?e%f'g\"h i")]
    [InlineData("watchlist:42")]
    [InlineData("A")]
    [InlineData("...")]
    [InlineData("tab\there\nline\0nul")]
    [InlineData("Grüße 東京 🚀 \uFFFD")]
    public async Task Put_AnyKey_IsThatKeyAndNoOther(string key)
    {
        await PutAsync(key, "mine");
        await PutAsync(key.ToLowerInvariant() + "x", "other");

        Assert.Equal("mine", await GetAsync(key));
        Assert.Contains((await Store.ListAsync(new KeyQuery(), CancellationToken.None)).Keys, listed => listed.Name == key);
    }

    [SkippableFact]
    public async Task Put_TheSameKeyInAnotherCase_IsAnotherKey()
    {
        await Task.WhenAll(PutAsync("Key", "1"), PutAsync("key", "2"));
        Assert.Equal(("1", "2"), (await GetAsync("Key"), await GetAsync("key")));
    }

    [SkippableFact]
    public async Task Put_Again_ReplacesValueMetadataAndExpiry()
    {
        await PutAsync("token", "1", new PutOptions("{}", Duration.FromDays(7)));

        await PutAsync("token", "2");

        var entry = await Store.GetWithMetadataAsync("token", CancellationToken.None);
        Assert.Equal("2", Values.TextOf(entry!.Value));
        Assert.Null(entry.Metadata);
        Assert.Null(entry.Expiration);
    }

    [SkippableFact]
    public async Task Put_ALargeValueInThePlaceOfASmallOneAndBack_IsAlwaysTheLast()
    {
        foreach (var size in new[] { 10, 200_000, 70_000, 3, 3_000_000 })
        {
            await Store.PutAsync("changing", Values.OfSize(size, size), PutOptions.None, CancellationToken.None);
            Values.AssertEqual(Values.OfSize(size, size), await Store.GetAsync("changing", CancellationToken.None));
        }
    }

    [SkippableFact]
    public async Task Put_WithTimeToLiveAndExpiration_LivesForItsTime()
    {
        var options = new PutOptions(TimeToLive: Duration.FromSeconds(90), Expiration: Instant.FromUtc(2030, 1, 1, 0, 0));

        await PutAsync("both", "1", options);

        Assert.Equal(Instant.FromUtc(2026, 11, 21, 9, 31, 30), (await Store.GetWithMetadataAsync("both", CancellationToken.None))!.Expiration);
    }

    [SkippableFact]
    public async Task Get_FromTheSecondOfItsExpiration_IsNull()
    {
        await PutAsync("short", "1", new PutOptions(Expiration: Clock.GetInstant() + Duration.FromSeconds(60)));

        Clock.Advance(TimeSpan.FromSeconds(59.9));
        Assert.Equal("1", await GetAsync("short"));
        Clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Null(await GetAsync("short"));
        Assert.Empty((await Store.ListAsync(new KeyQuery(), CancellationToken.None)).Keys);
    }

    [SkippableFact]
    public async Task Put_OverAnExpiredKey_IsThere()
    {
        await PutAsync("again", "1", new PutOptions(TimeToLive: Duration.FromSeconds(60)));
        Clock.Advance(TimeSpan.FromHours(1));

        await PutAsync("again", "2");

        Assert.Equal("2", await GetAsync("again"));
    }

    [SkippableFact]
    public async Task Delete_RemovesTheKey_AndOneThatIsNotThereIsNoError()
    {
        await PutAsync("gone", "1");
        await Store.PutAsync("gone too", Values.OfSize(100_000), PutOptions.None, CancellationToken.None);

        foreach (var key in new[] { "gone", "gone", "gone too", "never there" })
        {
            await Store.DeleteAsync(key, CancellationToken.None);
            Assert.Null(await GetAsync(key));
        }
    }

    [SkippableFact]
    public async Task Purge_RemovesWhatExpiredAndNothingElse()
    {
        await PutAsync("permanent", "1");
        await PutAsync("long", "2", new PutOptions(TimeToLive: Duration.FromHours(2)));
        await PutAsync("short", "3", new PutOptions(TimeToLive: Duration.FromSeconds(60)));
        await Store.PutAsync("short and large", Values.OfSize(100_000), new PutOptions(TimeToLive: Duration.FromSeconds(60)), CancellationToken.None);
        Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(2, await Expired.PurgeAsync(CancellationToken.None));
        Assert.Equal(0, await Expired.PurgeAsync(CancellationToken.None));
        Assert.Equal(("1", "2", null), (await GetAsync("permanent"), await GetAsync("long"), await GetAsync("short")));
    }

    [SkippableFact]
    public async Task GetMany_IsNullForWhatIsNotThere()
    {
        await PutAsync("a", "1");
        await PutAsync("b", "2", new PutOptions("""{"m":1}"""));

        var entries = await Store.GetManyAsync(["a", "b", "c", "a"], CancellationToken.None);

        Assert.Equal(["a", "b", "c"], entries.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("1", Values.TextOf(entries["a"]!.Value));
        Assert.Equal("""{"m":1}""", entries["b"]!.Metadata);
        Assert.Null(entries["c"]);
    }

    [SkippableFact]
    public async Task GetMany_TooMuchAtOnce_IsRefused()
    {
        var many = Enumerable.Range(0, 101).Select(number => $"key{number}").ToList();
        Assert.Equal("KV_TOO_MANY_KEYS", await RefusalOf(() => Store.GetManyAsync(many, CancellationToken.None)));

        await Store.PutAsync("half", Values.OfSize(13 * 1024 * 1024), PutOptions.None, CancellationToken.None);
        await Store.PutAsync("other half", Values.OfSize(13 * 1024 * 1024), PutOptions.None, CancellationToken.None);
        Assert.Equal("KV_VALUE_TOO_LARGE", await RefusalOf(() => Store.GetManyAsync(["half", "other half"], CancellationToken.None)));
    }

    [SkippableFact]
    public async Task List_IsInTheOrderOfTheKeysBytes()
    {
        // UTF-16 would order the last two the other way round.
        string[] keys = ["!", "A", "Z", "a", "a!", "aa", new('k', 256), new string('k', 256) + "!", new('k', 300), "\uFFFD", "🚀"];
        foreach (var key in keys.Reverse())
        {
            await PutAsync(key, "1");
        }

        var page = await Store.ListAsync(new KeyQuery(), CancellationToken.None);

        Assert.Equal(keys, page.Keys.Select(key => key.Name));
        Assert.Null(page.Cursor);
    }

    [SkippableFact]
    public async Task List_WithAPrefix_HasWhatBeginsWithItAndItsMetadata()
    {
        var longPrefix = new string('p', 300);
        await PutAsync("watchlist:1", "1", new PutOptions("""{"v":1}""", Duration.FromHours(1)));
        await PutAsync("watchlist:2", "2");
        await PutAsync("watchlist", "3");
        await PutAsync("watchlist;", "4");
        await PutAsync(longPrefix, "5");
        await PutAsync(longPrefix + "é", "6");
        await PutAsync(new string('p', 299), "7");

        var page = await Store.ListAsync(new KeyQuery("watchlist:"), CancellationToken.None);
        var ofLong = await Store.ListAsync(new KeyQuery(longPrefix), CancellationToken.None);

        Assert.Equal(
            [new ListedKey("watchlist:1", Instant.FromUtc(2026, 11, 21, 10, 30), """{"v":1}"""), new ListedKey("watchlist:2", null, null)], page.Keys);
        Assert.Equal([longPrefix, longPrefix + "é"], ofLong.Keys.Select(key => key.Name));
        Assert.Empty((await Store.ListAsync(new KeyQuery("none"), CancellationToken.None)).Keys);
    }

    [SkippableFact]
    public async Task List_ByItsCursors_HasEachKeyOnce_WhateverTheLimitAndWhateverComesAndGoes()
    {
        var stays = Enumerable.Range(0, 30).Select(number => $"key:{number:000}").Append($"key:{new string('z', 400)}").ToList();
        await Task.WhenAll(stays.Select(key => PutAsync(key, "1")));
        await PutAsync("key:010b", "goes");
        var seen = new List<string>();
        var limits = new Queue<int>([1, 7, 2, 1000]);
        string? cursor = null;
        do
        {
            var page = await Store.ListAsync(new KeyQuery("key:", limits.Dequeue(), cursor), CancellationToken.None);
            seen.AddRange(page.Keys.Select(key => key.Name));
            cursor = page.Cursor;
            await PutAsync("key:+", "behind");
            await PutAsync("key:020a", "ahead");
            await Store.DeleteAsync("key:010b", CancellationToken.None);
        }
        while (cursor is not null);

        Assert.Equal(stays.Append("key:020a").Order(StringComparer.Ordinal), seen);
    }

    [SkippableFact]
    public async Task List_AsManyKeysAsTheLimit_IsComplete()
    {
        await Task.WhenAll(new[] { "a", "b", "c" }.Select(key => PutAsync(key, "1")));

        Assert.Null((await Store.ListAsync(new KeyQuery(Limit: 3), CancellationToken.None)).Cursor);
        Assert.NotNull((await Store.ListAsync(new KeyQuery(Limit: 2), CancellationToken.None)).Cursor);
    }

    [SkippableFact]
    public async Task Everything_ThatBreaksARule_IsRefusedAndNothingIsStored()
    {
        Assert.All(
            await Task.WhenAll(new[] { string.Empty, ".", "..", "half \uD83D" }.Select(key => RefusalOf(() => PutAsync(key, "1")))),
            code => Assert.Equal("KV_KEY_NOT_VALID", code));
        Assert.Equal("KV_KEY_TOO_LONG", await RefusalOf(() => PutAsync(new string('k', 513), "1")));
        Assert.Equal("KV_KEY_TOO_LONG", await RefusalOf(() => GetAsync(new string('é', 257))));
        Assert.Equal("KV_KEY_TOO_LONG", await RefusalOf(() => Store.DeleteAsync(new string('k', 513), CancellationToken.None)));
        Assert.Equal(
            "KV_VALUE_TOO_LARGE", await RefusalOf(() => Store.PutAsync("k", new byte[26 * 1024 * 1024], PutOptions.None, CancellationToken.None)));
        Assert.Equal("KV_METADATA_TOO_LARGE", await RefusalOf(() => PutAsync("k", "1", new PutOptions($"\"{new string('m', 1023)}\""))));
        Assert.Equal("KV_METADATA_NOT_VALID", await RefusalOf(() => PutAsync("k", "1", new PutOptions("{no json"))));
        Assert.Equal("KV_EXPIRATION_NOT_VALID", await RefusalOf(() => PutAsync("k", "1", new PutOptions(TimeToLive: Duration.FromSeconds(59)))));
        Assert.Equal(
            "KV_EXPIRATION_NOT_VALID", await RefusalOf(() => PutAsync("k", "1", new PutOptions(Expiration: Clock.GetInstant() + Duration.FromSeconds(59)))));
        Assert.Equal("KV_LIMIT_NOT_VALID", await RefusalOf(() => Store.ListAsync(new KeyQuery(Limit: 1001), CancellationToken.None)));
        Assert.Equal("KV_LIMIT_NOT_VALID", await RefusalOf(() => Store.ListAsync(new KeyQuery(Limit: 0), CancellationToken.None)));
        Assert.Equal("KV_CURSOR_NOT_VALID", await RefusalOf(() => Store.ListAsync(new KeyQuery(Cursor: "no cursor!"), CancellationToken.None)));

        Assert.Empty((await Store.ListAsync(new KeyQuery(), CancellationToken.None)).Keys);
    }

    [SkippableFact]
    public async Task Everything_ThatIsJustAllowed_IsStored()
    {
        var longest = new string('é', 256);
        var metadata = $"\"{new string('m', 1022)}\"";

        await PutAsync(longest, "1", new PutOptions(metadata, Duration.FromSeconds(60)));

        Assert.Equal(metadata, (await Store.GetWithMetadataAsync(longest, CancellationToken.None))!.Metadata);
        Assert.Equal(longest, Assert.Single((await Store.ListAsync(new KeyQuery(longest), CancellationToken.None)).Keys).Name);
    }

    [SkippableFact]
    public async Task Cancelled_DoesNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.PutAsync("k", Values.Text("1"), PutOptions.None, new CancellationToken(canceled: true)));

        Assert.Null(await GetAsync("k"));
    }
}
