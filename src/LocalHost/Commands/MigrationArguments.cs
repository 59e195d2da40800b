using System.CommandLine;
using TraderHub.Core.Migration.Stages;

namespace TraderHub.LocalHost.Commands;

/// <summary>The arguments and options of <c>migration</c>.</summary>
internal static class MigrationArguments
{
    public static Argument<string> Group { get; } = new("group") { Description = "The group: jobs or signals." };

    public static Argument<string?> GroupOrAll { get; } = new("group") { Description = "The group; all of them without it.", Arity = ArgumentArity.ZeroOrOne };

    public static Argument<string> Key { get; } = new("key") { Description = "The key." };

    public static Option<int?> Percent { get; } = CreatePercent();

    public static Option<int?> Rate { get; } = CreateRate();

    public static Option<string?> To { get; } = CreateTo();

    public static Option<bool> Force { get; } = new("--force") { Description = "Skip what only waits for time to pass; backwards, go without SQL." };

    public static Option<string?> Reason { get; } = new("--reason") { Description = "Why; it stands in the history.", HelpName = "text" };

    public static Option<bool> AcceptLoss { get; } = new("--accept-loss")
    {
        Description = "Go back although writes were acknowledged that the key-value store does not have.",
    };

    public static Option<bool> DryRun { get; } = new("--dry-run") { Description = "Read and parse everything, and write nothing." };

    public static Option<bool> Confirm { get; } = new("--confirm") { Description = "Delete the keys; there is no way back but the export." };

    /// <summary>Has a command refuse force without a reason.</summary>
    public static Command WithForce(this Command command)
    {
        command.Add(Force);
        command.Add(Reason);
        command.Validators.Add(result =>
        {
            if (result.GetValue(Force) && string.IsNullOrWhiteSpace(result.GetValue(Reason)))
            {
                result.AddError("--force needs a --reason: it stands in the history and in the audit.");
            }
        });
        return command;
    }

    private static Option<int?> CreatePercent()
    {
        var option = new Option<int?>("--percent") { Description = "From copy to sql: which share of the keys is handed over, 1, 10 or 100.", HelpName = "share" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is { } percent and not (1 or 10 or 100))
            {
                result.AddError($"--percent must be 1, 10 or 100, not {percent}.");
            }
        });
        return option;
    }

    private static Option<int?> CreateRate()
    {
        var option = new Option<int?>("--rate") { Description = "The most keys a second.", HelpName = "keys" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1)
            {
                result.AddError("--rate must be at least 1.");
            }
        });
        return option;
    }

    private static Option<string?> CreateTo()
    {
        var option = new Option<string?>("--to") { Description = "The stage to go back to: kv, copy or sql; without it, the one before.", HelpName = "stage" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && StageNames.Parse(text) is not (Stage.Kv or Stage.Copy or Stage.Sql))
            {
                result.AddError($"--to must be kv, copy or sql, not '{text}'.");
            }
        });
        return option;
    }
}
