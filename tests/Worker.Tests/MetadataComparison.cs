using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Functions.Http;
using TraderHub.Worker.Tests.Protocol;

namespace TraderHub.Worker.Tests;

/// <summary>What a function is to the host: a line that says its name, its method, and its trigger with all that the trigger holds.</summary>
internal static class MetadataComparison
{
    /// <summary>The functions as their attributes say.</summary>
    public static IReadOnlyList<string> Describe(FunctionCatalog catalog) =>
    [
        .. catalog.Http.Select(function => Line(
            function.Name,
            EntryPoint(function.Method.DeclaringType!, function.Method.Name),
            $"httpTrigger {function.Route} [{string.Join(' ', function.Methods.Select(method => method.ToLowerInvariant()))}] {AuthorizationLevel.Anonymous}")),
        .. catalog.Timers.Select(timer => Line(
            timer.Name, EntryPoint(timer.Method.DeclaringType!, timer.Method.Name), $"timerTrigger {timer.Trigger.Schedule}")),
    ];

    /// <summary>The functions as the worker reports them to its host.</summary>
    public static IReadOnlyList<string> Describe(IEnumerable<RpcFunctionMetadata> functions) => functions
        .Select(function => Line(function.Name, function.EntryPoint, TriggerOf(function.RawBindings.Select(Parse))))
        .ToList();

    /// <summary>The functions as the file <c>functions.metadata</c> lists them.</summary>
    public static IReadOnlyList<string> DescribeFile(string json) => Parse(json).EnumerateArray()
        .Select(function => Line(Text(function, "name"), Text(function, "entryPoint"), TriggerOf(function.GetProperty("bindings").EnumerateArray())))
        .ToList();

    /// <summary>What is on one side only, each with the side.</summary>
    public static IReadOnlyList<string> Differences(IReadOnlyList<string> declared, IReadOnlyList<string> reported) =>
    [
        .. declared.Except(reported).Select(function => $"not reported: {function}"),
        .. reported.Except(declared).Select(function => $"not declared: {function}"),
    ];

    private static string Line(string name, string entryPoint, string trigger) => $"{name} = {entryPoint}, {trigger}";

    private static string EntryPoint(Type type, string method) => $"{type.FullName}.{method}";

    private static string TriggerOf(IEnumerable<JsonElement> bindings)
    {
        var trigger = bindings.Single(binding => Text(binding, "type").EndsWith("Trigger", StringComparison.Ordinal));
        return Text(trigger, "type") == "timerTrigger"
            ? $"timerTrigger {Text(trigger, "schedule")}"
            : $"httpTrigger {Text(trigger, "route")} [{MethodsOf(trigger)}] {Text(trigger, "authLevel")}";
    }

    private static string MethodsOf(JsonElement trigger) =>
        trigger.TryGetProperty("methods", out var methods) ? string.Join(' ', methods.EnumerateArray().Select(method => method.GetString()!.ToLowerInvariant())) : string.Empty;

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
