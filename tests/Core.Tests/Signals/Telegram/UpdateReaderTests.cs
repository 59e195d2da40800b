using System.Text.Json;
using TraderHub.Core.Signals.Telegram.Updates;

namespace TraderHub.Core.Tests.Signals.Telegram;

public sealed class UpdateReaderTests
{
    [Theory]
    [InlineData("private", false)]
    [InlineData("group", true)]
    [InlineData("supergroup", true)]
    public void Read_ACommand_HasItsTextChatAndAuthor(string type, bool isGroup)
    {
        var update = Read(
            """{"update_id":77,"message":{"message_id":1,"from":{"id":9},"chat":{"id":7,"type":"TYPE"},"date":1,"text":" /execute SPY 400 "}}""".Replace("TYPE", type, StringComparison.Ordinal));

        Assert.Equal(new IncomingUpdate(77, UpdateKind.Command, "7") { IsGroup = isGroup, Text = "/execute SPY 400", UserId = 9 }, update);
    }

    [Fact]
    public void Read_ACommandOfAnAnonymousAdministrator_IsByTheGroup()
    {
        var update = Read("""{"update_id":77,"message":{"sender_chat":{"id":-7},"chat":{"id":-7,"type":"supergroup"},"text":"/forget"}}""");

        Assert.True(update is { IsByGroup: true, UserId: null });
    }

    /// <summary>What is no command changes nothing, whatever it is called today or tomorrow.</summary>
    [Theory]
    [Trait("Case", "S06")]
    [Trait("Case", "S07")]
    [InlineData("""{"update_id":5}""")]
    [InlineData("""{"update_id":5,"edited_message":{"chat":{"id":7},"text":"/execute SPY 400"}}""")]
    [InlineData("""{"update_id":5,"channel_post":{"chat":{"id":-100,"type":"channel"},"text":"/start"}}""")]
    [InlineData("""{"update_id":5,"message":{"chat":{"id":7,"type":"private"},"sticker":{"file_id":"x"}}}""")]
    [InlineData("""{"update_id":5,"message":{"chat":{"id":7,"type":"private"},"text":"hello"}}""")]
    [InlineData("""{"update_id":5,"message":{"chat":{"id":7,"type":"private"},"text":7}}""")]
    [InlineData("""{"update_id":5,"message":{"chat":{"id":7,"type":"private"},"text":"/start \ud800"}}""")]
    [InlineData("""{"update_id":5,"message":{"chat":{"id":7,"type":"private"},"caption":"/start"}}""")]
    [InlineData("""{"update_id":5,"message":{"chat":{"id":1.5},"text":"/start"}}""")]
    [InlineData("""{"update_id":5,"message":{"chat":null,"text":"/start"}}""")]
    [InlineData("""{"update_id":5,"message":[1]}""")]
    [InlineData("""{"update_id":5,"guest_message":{"chat":{"id":7},"text":"/start"}}""")]
    [InlineData("""{"update_id":5,"my_chat_member":{"chat":{"id":7}}}""")]
    public void Read_WhatIsNoCommand_HasNothingToDo(string json) => Assert.Equal(new IncomingUpdate(5, UpdateKind.Other), Read(json));

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"update_id":"5"}""")]
    [InlineData("""{"update_id":1.5}""")]
    [InlineData("""{"update_id":null,"message":{}}""")]
    public void Read_WithoutANumber_IsNoUpdate(string json) => Assert.Null(Read(json));

    [Theory]
    [Trait("Case", "S09")]
    [InlineData("5216580805", "5216580805")]
    [InlineData("\"5216580805\"", "5216580805")]
    [InlineData("-1001557900011", "-1001557900011")]
    [InlineData("4503599627370495", "4503599627370495")]
    public void Read_AnId_IsItsDigits(string written, string id) =>
        Assert.Equal(id, Read("""{"update_id":5,"message":{"chat":{"id":ID},"text":"/start"}}""".Replace("ID", written, StringComparison.Ordinal))!.ChatId);

    [Theory]
    [InlineData("left", UpdateKind.BotLeft)]
    [InlineData("kicked", UpdateKind.BotLeft)]
    [InlineData("member", UpdateKind.BotJoined)]
    [InlineData("administrator", UpdateKind.BotJoined)]
    public void Read_TheBotsMembership_TellsLeavingAndComing(string status, UpdateKind kind) => Assert.Equal(
        kind, Read("""{"update_id":5,"my_chat_member":{"chat":{"id":7,"type":"private"},"new_chat_member":{"status":"NOW"}}}""".Replace("NOW", status, StringComparison.Ordinal))!.Kind);

    [Fact]
    [Trait("Case", "S02")]
    public void Read_AMove_NamesBothChats()
    {
        Assert.Equal(
            new IncomingUpdate(5, UpdateKind.MovedTo, "-4011") { IsGroup = true, OtherChatId = "-1001557900011" },
            Read("""{"update_id":5,"message":{"chat":{"id":-4011,"type":"group"},"migrate_to_chat_id":-1001557900011}}"""));
        Assert.Equal(
            new IncomingUpdate(6, UpdateKind.MovedFrom, "-1001557900011") { IsGroup = true, OtherChatId = "-4011" },
            Read("""{"update_id":6,"message":{"chat":{"id":-1001557900011,"type":"supergroup"},"migrate_from_chat_id":-4011}}"""));
    }

    private static IncomingUpdate? Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return UpdateReader.Read(document.RootElement);
    }
}
