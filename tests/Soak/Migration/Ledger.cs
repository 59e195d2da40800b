using System.Globalization;
using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Platform;
using TraderHub.Core.Tests.Migration.Model;

namespace TraderHub.Soak.Migration;

/// <summary>
/// Every operation of a run. A handful of keys is written at any time, by all; one that is full is left as it is, or deleted, and sometimes begun anew.
/// </summary>
internal sealed class Ledger
{
    private const int Open = 6;

    private const int Full = 60;

    private readonly Lock gate = new();
    private readonly List<WrittenKey> all = [];
    private readonly List<WrittenKey> open = [];
    private int operations;

    public Ledger()
    {
        for (var i = 0; i < Open; i++)
        {
            open.Add(NewKey());
        }
    }

    public IReadOnlyList<WrittenKey> Keys => all;

    public int Attempted => operations;

    public int Acknowledged { get; private set; }

    public int Deleted { get; private set; }

    /// <summary>A key that nobody writes any more, with one execution.</summary>
    public (string Key, string Price) AddFirst()
    {
        var key = NewKey();
        var price = Next();
        key.End(price, key.Begin(price));
        Acknowledged++;
        return (key.Name, price);
    }

    /// <summary>An operation to send, as often as it takes; null when none can begin now.</summary>
    public Operation? Begin(Dice dice)
    {
        lock (gate)
        {
            var key = open[dice.Next(open.Count)];
            if (key.Count < Full)
            {
                return key.HasRoom ? BeginAppend(key) : null;
            }

            if (!key.IsQuiet)
            {
                return null;
            }

            if (dice.Next(2) == 0)
            {
                key.BeginDelete();
                return new(key, Next(), IsDelete: true, 0);
            }

            open[open.IndexOf(key)] = NewKey();
            return null;
        }
    }

    /// <summary>It was acknowledged.</summary>
    public void End(Operation operation, Dice dice)
    {
        lock (gate)
        {
            Acknowledged++;
            if (!operation.IsDelete)
            {
                operation.Key.End(operation.Name, operation.BegunAt);
                return;
            }

            Deleted++;
            operation.Key.EndDelete();
            if (dice.Next(2) == 0)
            {
                open[open.IndexOf(operation.Key)] = NewKey();
            }
        }
    }

    private Operation BeginAppend(WrittenKey key)
    {
        var price = Next();
        return new(key, price, IsDelete: false, key.Begin(price));
    }

    private WrittenKey NewKey()
    {
        var key = new WrittenKey(Executions.KeyOf(all.Count + 1));
        all.Add(key);
        return key;
    }

    private string Next() => (++operations).ToString(CultureInfo.InvariantCulture);
}

/// <summary>One operation on a key; its name is the same each time that it is sent.</summary>
internal sealed record Operation(WrittenKey Key, string Name, bool IsDelete, int BegunAt)
{
    /// <summary>What it makes of the key's value.</summary>
    public Result<KeyChange> Change(ReadOnlyMemory<byte>? current) => IsDelete ? KeyChange.Delete : KeyChange.Put(Executions.Append(current, Name));

    public string Command => $"{(IsDelete ? "delete" : "append")} {Key.Name} {Name}";
}
