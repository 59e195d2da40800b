using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using TraderHub.Core.Operations;
using TraderHub.Data.Sql;

namespace TraderHub.Data.Operations;

/// <summary>Registers what <c>CleanupOldData</c> deletes.</summary>
internal static class ExpiringRowsServices
{
    /// <summary>Rows of a module that are kept for a time.</summary>
    public static IServiceCollection AddExpiring<TDatabase>(this IServiceCollection services, string name, string sql, Duration keptFor)
        where TDatabase : ModuleDatabase =>
        services.AddSingleton<IExpiringRows>(provider => new SqlExpiringRows(name, provider.GetRequiredService<TDatabase>(), sql, keptFor));

    /// <summary>Rows of a module that are kept for as long as the settings say.</summary>
    public static IServiceCollection AddExpiringHistory<TDatabase>(this IServiceCollection services, string name, string sql)
        where TDatabase : ModuleDatabase => services.AddSingleton<IExpiringRows>(provider => new SqlExpiringRows(
            name, provider.GetRequiredService<TDatabase>(), sql, provider.GetRequiredService<RetentionOptions>().History));
}
