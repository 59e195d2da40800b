using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Entities;

namespace TraderHub.Core.Migration.Verification;

/// <summary>Tells of every key of the key-value store that is not a group's own what it is, so that none is left behind unseen (rule M23).</summary>
public sealed class AccountKeys(IKeyValueStore store, IEnumerable<EntityGroup> groups)
{
    /// <summary>The most keys that are named.</summary>
    public const int MostNamed = 10_000;

    /// <summary>Counts the keys beside a group's, and names those that nobody owns.</summary>
    /// <exception cref="KeyValueException">The store cannot be listed.</exception>
    public async Task<(KeyAccounts Accounts, IReadOnlyList<NamedKey> Named)> ExecuteAsync(EntityGroup group, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        var entities = groups.SelectMany(each => each.Entities).ToList();
        var (other, legacy, notMigrated, engine, unknown) = (0L, 0L, 0L, 0L, 0L);
        var named = new List<NamedKey>();
        await foreach (var key in store.ListAllAsync(string.Empty, cancellationToken))
        {
            switch (KeyClasses.Of(key.Name, entities))
            {
                case KeyClass.Entity:
                    other += group.FindEntity(key.Name) is null ? 1 : 0;
                    break;
                case KeyClass.Legacy:
                    legacy++;
                    Name(key.Name, "legacy");
                    break;
                case KeyClass.NotMigrated:
                    notMigrated++;
                    break;
                case KeyClass.Engine:
                    engine++;
                    break;
                default:
                    unknown++;
                    Name(key.Name, "unknown");
                    break;
            }
        }

        return (new(0, 0, 0, 0, 0, 0, other, legacy, notMigrated, engine, unknown), named);

        void Name(string key, string @class)
        {
            if (named.Count < MostNamed)
            {
                named.Add(new(key, @class));
            }
        }
    }
}
