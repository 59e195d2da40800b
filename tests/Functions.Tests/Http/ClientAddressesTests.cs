using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using TraderHub.Data.Platform;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Tests.Http;

[Trait("Case", "A3")]
public sealed class ClientAddressesTests
{
    [Theory]
    [InlineData("198.51.100.7", "203.0.113.1", "198.51.100.7")]
    [InlineData("10.0.0.1", "203.0.113.1", "203.0.113.1")]
    [InlineData("::ffff:10.0.0.1", "203.0.113.1", "203.0.113.1")]
    [InlineData("10.0.0.1", "1.1.1.1, 203.0.113.1, 10.0.0.2", "203.0.113.1")]
    [InlineData("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3")]
    [InlineData("10.0.0.1", null, "10.0.0.1")]
    [InlineData("10.0.0.1", "", "10.0.0.1")]
    [InlineData("10.0.0.1", "203.0.113.1:50123", "203.0.113.1")]
    [InlineData("10.0.0.1", "[2001:db8::1]:443", "2001:db8::1")]
    [InlineData("10.0.0.1", "2001:db8::1", "2001:db8::1")]
    [InlineData("10.0.0.1", "\"[2001:db8::1]\"", "2001:db8::1")]
    [InlineData("10.0.0.1", "for=\"203.0.113.1:80\";proto=https", "203.0.113.1")]
    [InlineData("10.0.0.1", "proto=https;For=203.0.113.1", "203.0.113.1")]
    [InlineData("10.0.0.1", "::ffff:203.0.113.1", "203.0.113.1")]
    [InlineData("10.0.0.1", "203.0.113.1, unknown", "10.0.0.1")]
    [InlineData("10.0.0.1", "203.0.113.1, 1", "10.0.0.1")]
    [InlineData("10.0.0.1", "203.0.113.1, _hidden, 10.0.0.2", "10.0.0.2")]
    [InlineData("2001:db8:ff::9", "203.0.113.1", "203.0.113.1")]
    public void Find_WhatProxiesSay_IsBelievedFromTheRightAsFarAsTheyAreTrusted(string peer, string? header, string expected) =>
        Assert.Equal(IPAddress.Parse(expected), AddressesOf("10.0.0.0/24, 2001:db8:ff::/64").Find(RequestOf(peer, header)));

    [Fact]
    public void Find_AHeaderOfSeveralLines_IsOneList()
    {
        var http = RequestOf("10.0.0.1", null);
        http.Request.Headers["X-Forwarded-For"] = new(["1.1.1.1", "203.0.113.1, 10.0.0.2", "10.0.0.3"]);

        Assert.Equal(IPAddress.Parse("203.0.113.1"), AddressesOf("10.0.0.0/24").Find(http));
    }

    [Theory]
    [InlineData("10.0.0.1", "198.51.100.9")]
    [InlineData("192.0.2.1", "192.0.2.1")]
    public void Find_ASingleHeaderOfAFrontEnd_IsBelievedFromATrustedPeerAlone(string peer, string expected)
    {
        var http = RequestOf(peer, "203.0.113.1");
        http.Request.Headers["X-Azure-ClientIP"] = "198.51.100.9";

        Assert.Equal(IPAddress.Parse(expected), AddressesOf("10.0.0.1", "X-Azure-ClientIP").Find(http));
    }

    [Theory]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2::/64")]
    [InlineData("fe80::1%3", "fe80::/64")]
    [InlineData("::ffff:203.0.113.1", "203.0.113.1")]
    [InlineData("203.0.113.1", "203.0.113.1")]
    [InlineData(null, "unknown")]
    public void FindKey_AnAddress_IsCountedWithItsNetwork(string? peer, string expected) =>
        Assert.Equal(expected, AddressesOf(string.Empty).FindKey(RequestOf(peer, null)));

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("proxy.example.com")]
    public void Read_ANetworkThatIsNone_IsRefusedWithItsText(string text)
    {
        var reader = ReaderOf(("RateLimit:TrustedProxies", text), ("RateLimit:ForwardedHeader", "X Forwarded"));
        ProxyOptions.Read(reader);

        var problems = Assert.Throws<InvalidSettingsException>(reader.ThrowIfInvalid).Problems;
        Assert.Contains(problems, problem => problem.StartsWith($"RateLimit:TrustedProxies holds '{text}'", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.StartsWith("RateLimit:ForwardedHeader is 'X Forwarded'", StringComparison.Ordinal));
    }

    private static ClientAddresses AddressesOf(string trusted, string header = "X-Forwarded-For") =>
        new(ProxyOptions.Read(ReaderOf(("RateLimit:TrustedProxies", trusted), ("RateLimit:ForwardedHeader", header))));

    private static SettingsReader ReaderOf(params (string Key, string Value)[] settings) => new(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build());

    private static DefaultHttpContext RequestOf(string? peer, string? header)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer);
        if (header is not null)
        {
            http.Request.Headers["X-Forwarded-For"] = header;
        }

        return http;
    }
}
