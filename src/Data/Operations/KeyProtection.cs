using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Logging.Abstractions;
using TraderHub.Data.Platform;

namespace TraderHub.Data.Operations;

/// <summary>What protects the keys of data protection where they are stored: a secret or a certificate of the settings, or nothing.</summary>
/// <param name="Encryptor">Encrypts the keys; null when they are stored in clear.</param>
/// <param name="Certificate">The certificate that does, when it is one.</param>
public sealed record KeyProtection(IXmlEncryptor? Encryptor, X509Certificate2? Certificate = null)
{
    private const string SecretKey = "Auth:DataProtectionSecret";

    private const string CertificateKey = "Auth:DataProtectionCertificate";

    private const string PasswordKey = "Auth:DataProtectionCertificatePassword";

    private const string Example = "/run/secrets/traderhub.pfx";

    /// <summary>Reads the settings of the section <c>Auth</c> that are about it.</summary>
    public static KeyProtection Read(SettingsReader settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var secret = settings.Secret(SecretKey, minimumLength: 32);
        var path = settings.Text(CertificateKey, string.Empty);
        var password = settings.Secret(PasswordKey, minimumLength: 1);
        if (path.Length == 0)
        {
            return new(secret is null ? null : new SecretXmlEncryptor(secret));
        }

        if (secret is not null)
        {
            settings.Report(CertificateKey, $"is set, and so is {SecretKey}: one of them protects the keys", Example);
        }

        var certificate = Load(path, password, settings);
        return new(certificate is null ? null : new CertificateXmlEncryptor(certificate, NullLoggerFactory.Instance), certificate);
    }

    private static X509Certificate2? Load(string path, string? password, SettingsReader settings)
    {
        try
        {
            var certificate = Path.GetExtension(path) is ".pem" or ".crt"
                ? X509Certificate2.CreateFromPemFile(path)
                : X509CertificateLoader.LoadPkcs12FromFile(path, password);
            if (certificate.GetRSAPrivateKey() is not null)
            {
                return certificate;
            }

            settings.Report(CertificateKey, $"is '{path}', which has no private RSA key", Example);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            settings.Report(CertificateKey, $"is '{path}', which cannot be read as a certificate: {exception.Message}", Example);
        }

        return null;
    }
}
