using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Moves;
using TraderHub.Core.Migration.Operating;
using TraderHub.Core.Migration.Stages;
using TraderHub.Core.Operations;
using TraderHub.Core.Platform;
using TraderHub.Functions;
using TraderHub.Functions.Migration;

namespace TraderHub.LocalHost.Commands;

/// <summary><c>migration</c>: moves key-value data to SQL, with proof and with a way back, also while no host runs.</summary>
internal static class MigrationCommand
{
    private static readonly string Who = $"{Environment.UserName} (command line)";

    public static Command Create()
    {
        var status = new Command("status", "Show how the groups stand.");
        status.SetAction(ShowStatusAsync);
        var cleanup = new Command("cleanup", "Delete a group's keys from the key-value store, once only SQL has it.") { MigrationArguments.Group, MigrationArguments.Confirm };
        cleanup.SetAction(CleanUpAsync);
        cleanup.Validators.Add(result =>
        {
            if (!result.GetValue(MigrationArguments.Confirm))
            {
                result.AddError("cleanup needs --confirm: it deletes the group's keys from the key-value store.");
            }
        });
        return new Command("migration", "The way from the key-value store to SQL, and back.")
        {
            status,
            Define("advance", "Move a group one stage on.", GroupAction.Advance, MigrationArguments.Group, MigrationArguments.Percent).WithForce(),
            Define("backfill", "Copy to SQL what it does not have.", GroupAction.Backfill, MigrationArguments.GroupOrAll, MigrationArguments.DryRun, MigrationArguments.Rate),
            Define("verify", "Compare everything.", GroupAction.Verify, MigrationArguments.GroupOrAll),
            Define("rollback", "Move a group back.", GroupAction.RollBack, MigrationArguments.Group, MigrationArguments.To, MigrationArguments.AcceptLoss).WithForce(),
            Define("pause", "Have the engine leave groups alone; a run ends at its checkpoint.", GroupAction.Pause, MigrationArguments.GroupOrAll),
            Define("resume", "Let paused groups go on.", GroupAction.Resume, MigrationArguments.GroupOrAll),
            Define("quarantine", "Put a value aside that cannot be read.", GroupAction.Quarantine, MigrationArguments.Key),
            Define("retry", "Give SQL again what it has lost or could not read.", GroupAction.Retry, MigrationArguments.GroupOrAll),
            cleanup,
        };
    }

    private static Command Define(string name, string description, GroupAction action, Argument argument, params Option[] options)
    {
        var command = new Command(name, description) { argument };
        foreach (var option in options)
        {
            command.Add(option);
        }

        command.SetAction((arguments, cancellationToken) => RunAsync(name, action, argument, arguments, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string name, GroupAction action, Argument argument, ParseResult arguments, CancellationToken cancellationToken)
    {
        var goesWithoutSql = action == GroupAction.RollBack && arguments.GetValue(MigrationArguments.Force);
        await using var services = await ComposeAsync(arguments, goesWithoutSql, cancellationToken);
        var operations = services.GetRequiredService<MigrationOperations>();
        var chosen = Choose(operations, argument, arguments);
        if (chosen.Error is { } unknown)
        {
            return Finish([AnswerTo(name, "-").Refused(unknown)], unknown, arguments);
        }

        var answers = new List<OperationAnswer>();
        Error? refusal = null;
        foreach (var group in chosen.Value)
        {
            if (chosen.Value.Count > 1 && await HasNothingToDoAsync(services, group, action, cancellationToken))
            {
                continue;
            }

            var result = await RunAsync(services, group, name, action, arguments, cancellationToken);
            refusal ??= result.Error;
            answers.Add(result.Match(AnswerTo(name, group.Name).Ended, AnswerTo(name, group.Name).Refused));
        }

        return Finish(answers, refusal, arguments);
    }

    private static async Task<Result<Outcome>> RunAsync(
        ServiceProvider services, OperatedGroup group, string name, GroupAction action, ParseResult arguments, CancellationToken cancellationToken)
    {
        await RunWait.UntilItIsSeenAsync(group, arguments.GetValue(CommandLine.JsonOption), cancellationToken);
        var progress = new MigrationProgress(group.Group, services.GetRequiredService<IKeyValueStore>(), $"{name} {group.Name}");
        using var counting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var isJson = arguments.GetValue(CommandLine.JsonOption);
        var count = isJson ? Task.CompletedTask : progress.CountAsync(counting.Token);
        var work = services.GetRequiredService<MigrationOperations>().ExecuteAsync(group, action, RequestOf(arguments, progress), cancellationToken);
        await LongRun.ShowAsync(progress.Describe, isJson, work);
        await counting.CancelAsync();
        await count;
        var result = await work;
        await services.GetRequiredService<IAuditLog>().TryAddAsync(EntryOf(name, group.Name, result));
        return result;
    }

    private static ActionRequest RequestOf(ParseResult arguments, MigrationProgress progress) => new(new MoveRequest(Who)
    {
        Percent = arguments.GetValue(MigrationArguments.Percent),
        IsForced = arguments.GetValue(MigrationArguments.Force),
        Reason = arguments.GetValue(MigrationArguments.Reason),
        AcceptsLoss = arguments.GetValue(MigrationArguments.AcceptLoss),
        Progress = progress,
    })
    {
        To = arguments.GetValue(MigrationArguments.To) is { } to ? StageNames.Parse(to) : null,
        IsDryRun = arguments.GetValue(MigrationArguments.DryRun),
        Rate = arguments.GetValue(MigrationArguments.Rate),
        Key = arguments.GetValue(MigrationArguments.Key),
    };

    private static Result<List<OperatedGroup>> Choose(MigrationOperations operations, Argument argument, ParseResult arguments)
    {
        if (argument == MigrationArguments.Key)
        {
            var key = arguments.GetValue(MigrationArguments.Key)!;
            var owner = operations.Groups.FirstOrDefault(group => group.Group.FindEntity(key) is not null);
            return owner is null ? OperatingErrors.NobodysKey(key) : new List<OperatedGroup> { owner };
        }

        var name = argument == MigrationArguments.Group ? arguments.GetValue(MigrationArguments.Group) : arguments.GetValue(MigrationArguments.GroupOrAll);
        return name is null
            ? operations.Groups.ToList()
            : operations.Find(name).Match<Result<List<OperatedGroup>>>(group => new List<OperatedGroup> { group }, unknown => unknown);
    }

    /// <summary>Asked of all groups, copying passes over those that SQL alone has.</summary>
    private static async Task<bool> HasNothingToDoAsync(ServiceProvider services, OperatedGroup group, GroupAction action, CancellationToken cancellationToken)
    {
        var stage = await services.GetRequiredService<StageDocuments>().FindOrChooseAsync(group.Group, cancellationToken);
        return (action == GroupAction.Backfill && stage.IsSqlOnly) || (action == GroupAction.Retry && !stage.Copies);
    }

    private static async Task<int> ShowStatusAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var services = CommandServices.Compose(arguments);
        var withoutSql = await PrepareAsync(services, goesWithoutSql: true, cancellationToken);
        var read = services.GetRequiredService<ReadGroupStatus>();
        var groups = new List<GroupAnswer>();
        try
        {
            foreach (var group in services.GetRequiredService<MigrationOperations>().Groups)
            {
                groups.Add(GroupAnswer.Of(await read.ExecuteAsync(group, cancellationToken)));
            }
        }
        catch (StorageException) when (withoutSql is not null)
        {
            // Not even the stage is known without SQL: what is wrong with it was found at the beginning.
            throw withoutSql;
        }

        MigrationOutput.Write(new GroupsAnswer(groups), arguments.GetValue(CommandLine.JsonOption));
        return 0;
    }

    private static async Task<int> CleanUpAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var services = await ComposeAsync(arguments, goesWithoutSql: false, cancellationToken);
        var name = arguments.GetValue(MigrationArguments.Group)!;
        var group = services.GetRequiredService<MigrationOperations>().Find(name);
        if (group.Error is { } unknown)
        {
            return Finish([AnswerTo("cleanup", name).Refused(unknown)], unknown, arguments);
        }

        var audit = services.GetRequiredService<IAuditLog>();
        var result = await services.GetRequiredService<CleanUpGroup>().ExecuteAsync(group.Value, Who, cancellationToken);
        await audit.AddAsync(EntryOf("cleanup", name, result), CancellationToken.None);
        return Finish([result.Match(AnswerTo("cleanup", name).Ended, AnswerTo("cleanup", name).Refused)], result.Error, arguments);
    }

    private static int Finish(IReadOnlyList<OperationAnswer> answers, Error? refusal, ParseResult arguments)
    {
        MigrationOutput.Write(answers, arguments.GetValue(CommandLine.JsonOption));
        return refusal?.Kind is ErrorKind.NotFound or ErrorKind.Invalid ? CommandLine.WrongUsage
            : refusal is not null || answers.Any(answer => answer.HasProblems) ? CommandLine.Failed
            : 0;
    }

    private static AuditEntry EntryOf(string action, string group, Result<Outcome> result) =>
        new(TimeProvider.System.GetInstant(), Who, $"migration {action}", result.Error?.Code ?? "done", group, RemoteAddress: null, RequestId: null);

    private static OperationAnswer AnswerTo(string action, string group) => new("-", group, action, "running", string.Empty) { StartedBy = Who };

    private static async Task<ServiceProvider> ComposeAsync(ParseResult arguments, bool goesWithoutSql, CancellationToken cancellationToken)
    {
        var services = CommandServices.Compose(arguments);
        await PrepareAsync(services, goesWithoutSql, cancellationToken);
        return services;
    }

    /// <summary>Prepares the stores; why SQL could not be, when the command goes without.</summary>
    private static async Task<StorageException?> PrepareAsync(ServiceProvider services, bool goesWithoutSql, CancellationToken cancellationToken)
    {
        try
        {
            await services.PrepareStoresAsync(mayMigrate: true, cancellationToken);
            return null;
        }
        catch (StorageException exception) when (goesWithoutSql)
        {
            // What is asked for is for this very case.
            return exception;
        }
    }
}
