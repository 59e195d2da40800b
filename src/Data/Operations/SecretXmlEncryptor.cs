using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace TraderHub.Data.Operations;

/// <summary>Encrypts keys with AES-256-GCM under a key that follows from a secret (HKDF).</summary>
internal sealed class SecretXmlEncryptor(string secret) : IXmlEncryptor
{
    private const int NonceSize = 12;

    private const int TagSize = 16;

    private readonly byte[] key = HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), outputLength: 32, info: "TraderHub data protection keys"u8.ToArray());

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var output = new byte[NonceSize + TagSize + plain.Length];
        var nonce = output.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, plain, output.AsSpan(NonceSize + TagSize), output.AsSpan(NonceSize, TagSize));
        return new(new XElement("sealed", Convert.ToBase64String(output)), typeof(SecretXmlDecryptor));
    }

    /// <exception cref="CryptographicException">It was encrypted under another secret, or is damaged.</exception>
    public XElement Decrypt(XElement encrypted)
    {
        var bytes = Convert.FromBase64String(encrypted.Value);
        var plain = new byte[bytes.Length - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(bytes.AsSpan(0, NonceSize), bytes.AsSpan(NonceSize + TagSize), bytes.AsSpan(NonceSize, TagSize), plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}

/// <summary>Decrypts what <see cref="SecretXmlEncryptor"/> has encrypted; the framework makes one by the type's name, which the store keeps.</summary>
internal sealed class SecretXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) => services.GetRequiredService<KeyProtection>().Encryptor is SecretXmlEncryptor encryptor
        ? encryptor.Decrypt(encryptedElement)
        : throw new CryptographicException("The key was encrypted with Auth:DataProtectionSecret, which is not set.");
}
