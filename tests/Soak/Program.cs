using System.Globalization;
using TraderHub.Soak;
using TraderHub.Soak.Migration;
using TraderHub.Soak.Mutants;
using TraderHub.Soak.Traffic;

// `store`, `migration`, `migration-points` and `mutants` are runs; `store-writer`, `migration-instance` and `migration-mortal` are the processes that die.
return args switch
{
    ["store-writer", var directory] => await StoreWriter.RunAsync(directory),
    ["snapshots", .. var options] when SnapshotsOptions.Parse(options) is { } chosen => await KilledSnapshots.RunAsync(chosen),
    ["cancel"] => await CancelledBehindALock.RunAsync(),
    ["store", .. var options] => await KilledStore.RunAsync(TimeSpan.FromSeconds(options is [var seconds] ? int.Parse(seconds, CultureInfo.InvariantCulture) : 30)),
    ["tables", .. var options] => await KilledTables.RunAsync(TimeSpan.FromSeconds(options is [var seconds] ? int.Parse(seconds, CultureInfo.InvariantCulture) : 60)),
    ["migration-instance", var folder, var start] => await InstanceProgram.RunAsync(folder, start),
    ["migration", .. var options] when KilledMigrationOptions.Parse(options) is { } chosen => await KilledMigration.RunAsync(chosen),
    ["migration-mortal", var folder, var at, var command] => await MortalProgram.RunAsync(folder, at, command.Split(' ')),
    ["migration-points", .. var options] when options.Length < 2 => await MigrationPoints.RunAsync(options is [var text] ? text : string.Empty),
    ["traffic", .. var options] when TrafficOptions.Parse(options) is { } chosen => await MovedUnderTraffic.RunAsync(chosen),
    ["mutants", .. var options] when options.Length < 2 => await RulesTakenOut.RunAsync(options is [var text] ? text : string.Empty),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("store [seconds]: 32 connections write and read on SQLite; the process is killed, and every acknowledged row must be there.");
    Console.Error.WriteLine(
        "snapshots [users] [--scale n] [--latency ms]: the host captures the snapshots of 1000 traders, is killed half-way and started again, with n times (60) the exchange's limit; each snapshot must be there once.");
    Console.Error.WriteLine("cancel: how long a query takes to return that is cancelled after 100 ms while another connection holds the lock.");
    Console.Error.WriteLine("tables [seconds]: eight callers write to Azurite, which is killed every two seconds; every acknowledged write must be there.");
    Console.Error.WriteLine(
        "migration [--kills n] [--database sqlite|postgres] [--seed s]: four processes write a group's keys and move it to SQL and back, and are killed 200 times; each operation must be there once.");
    Console.Error.WriteLine(
        "migration-points [text]: a process dies at every point of every operation of the migration, in every stage (of those that have the text in their names); nothing may be lost or doubled.");
    Console.Error.WriteLine(
        "traffic [seconds] [sqlite|postgres]: two hosts serve callers over HTTP while a group is moved to SQL alone and back; nothing may be lost, and no request may fail unannounced.");
    Console.Error.WriteLine("mutants [text]: each rule of the migration is taken out of the code by itself (of those that have the text in their names); its tests must fail.");
    return 2;
}
