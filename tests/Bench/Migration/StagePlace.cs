using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Migration.Runs;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Migration.Sweeping;
using TraderHub.Data;
using TraderHub.Data.Migration;
using TraderHub.Data.Platform;
using TraderHub.Data.Sql;
using TraderHub.Data.Sql.Migrations;

namespace TraderHub.Bench.Migration;

/// <summary>The engine as the host composes it, with watchlists in a stage of their own.</summary>
internal sealed class StagePlace : IAsyncDisposable
{
    private static readonly MoveRequest Mover = new("bench") { IsForced = true, Reason = "A measurement does not wait." };

    private readonly ServiceProvider services;
    private readonly EntityGroup group;
    private int written;
    private int read;

    private StagePlace(ServiceProvider services) => (this.services, group) = (services, services.GetRequiredKeyedService<EntityGroup>("signals"));

    /// <summary>Makes one: its keys are stored, copied and handed over as far as the stage asks for.</summary>
    public static async Task<StagePlace> CreateAsync(DatabaseOptions options, Stage stage, TimeProvider clock, CancellationToken cancellationToken)
    {
        var settings = new List<KeyValuePair<string, string?>> { new("Database:Directory", options.Directory) };
        if (options.Provider == DatabaseProvider.Postgres)
        {
            settings.AddRange([new("Database:Provider", "postgres"), new("Database:ConnectionString", options.ConnectionString)]);
        }

        var reader = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        var services = new ServiceCollection().AddLogging().AddSingleton(clock).AddDatabases(reader).AddKeyValueStore(reader).AddMigration(reader).AddJobsData();
        reader.ThrowIfInvalid();
        var place = new StagePlace(services.BuildServiceProvider());
        await place.PrepareAsync(stage, clock, cancellationToken);
        return place;
    }

    /// <summary>Changes the last ticker of the next chat's list.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var number = written++;
        var key = ManagedKey.Of(group, Watchlists.KeyOf(number));
        var result = await services.GetRequiredService<WriteKey>().ExecuteAsync(
            key, OperationId.New(), _ => KeyChange.Put(Encoding.UTF8.GetBytes(Watchlists.ValueOf(number))), cancellationToken);
        if (result.Error is { } refusal)
        {
            throw new InvalidOperationException(refusal.Detail);
        }
    }

    /// <summary>Reads the next chat's list.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var found = await services.GetRequiredService<ReadKey>().ExecuteAsync(ManagedKey.Of(group, Watchlists.KeyOf(read++)), cancellationToken);
        if (found.Value is null)
        {
            throw new InvalidOperationException("A watchlist is missing.");
        }
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private async Task PrepareAsync(Stage stage, TimeProvider clock, CancellationToken cancellationToken)
    {
        foreach (var database in services.GetServices<ModuleDatabase>())
        {
            await new MigrationRunner(database, clock).MigrateAsync(cancellationToken);
        }

        for (var chat = 0; chat < Watchlists.Chats; chat++)
        {
            await services.GetRequiredService<IKeyValueStore>().PutAsync(Watchlists.KeyOf(chat), Encoding.UTF8.GetBytes(Watchlists.ValueOf(chat)), PutOptions.None, cancellationToken);
        }

        var documents = services.GetRequiredService<StageDocuments>();
        while ((await documents.FindOrChooseAsync(group, cancellationToken)).Stage < stage)
        {
            var moved = await services.GetRequiredService<AdvanceGroup>().ExecuteAsync(group, Mover, cancellationToken);
            if (moved.Error is { } refusal)
            {
                throw new InvalidOperationException(refusal.Detail);
            }

            if (moved.Value.Stage == Stage.Copy)
            {
                await services.GetRequiredService<RunSweep>().ExecuteAsync(group, RunKind.Backfill, Mover.Who, new SweepOptions(), progress: null, cancellationToken);
            }
        }
    }
}
