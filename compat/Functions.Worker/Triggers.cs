using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks a method as a function.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class FunctionAttribute(string name) : Attribute
{
    /// <summary>The function's name, unique in the app.</summary>
    public string Name { get; } = name;
}

/// <summary>Who the Functions host itself lets through. TraderHub uses <see cref="Anonymous"/> and its own authentication.</summary>
public enum AuthorizationLevel
{
    /// <summary>Anybody.</summary>
    Anonymous = 0,

    /// <summary>A signed-in user of the host.</summary>
    User = 1,

    /// <summary>A caller with the function's key.</summary>
    Function = 2,

    /// <summary>A caller with a system key.</summary>
    System = 3,

    /// <summary>A caller with the master key.</summary>
    Admin = 4,
}

/// <summary>An HTTP request starts the function.</summary>
public sealed class HttpTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>Any method, level <see cref="AuthorizationLevel.Function"/>.</summary>
    public HttpTriggerAttribute() => AuthLevel = AuthorizationLevel.Function;

    /// <summary>The given methods; as in the official attribute, this alone leaves the level at <see cref="AuthorizationLevel.Anonymous"/>.</summary>
    public HttpTriggerAttribute(params string[] methods) => Methods = methods;

    /// <summary>Any method, the given level.</summary>
    public HttpTriggerAttribute(AuthorizationLevel authLevel) => AuthLevel = authLevel;

    /// <summary>The given methods and level.</summary>
    public HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods)
    {
        AuthLevel = authLevel;
        Methods = methods;
    }

    /// <summary>The route template; the function's name when null.</summary>
    public string? Route { get; set; }

    /// <summary>The methods the function answers; any when null.</summary>
    public string[]? Methods { get; }

    /// <summary>The level the host asks for.</summary>
    public AuthorizationLevel AuthLevel { get; }
}

/// <summary>A schedule starts the function.</summary>
public sealed class TimerTriggerAttribute(string schedule) : TriggerBindingAttribute
{
    /// <summary>An NCRONTAB expression, a time span, or <c>%Setting%</c>.</summary>
    public string Schedule { get; } = schedule;

    /// <summary>Whether the host remembers the runs, and catches up with a missed one.</summary>
    public bool UseMonitor { get; set; } = true;

    /// <summary>Whether the function also runs when the host starts.</summary>
    public bool RunOnStartup { get; set; }
}

/// <summary>What a timer function is told about its run.</summary>
public class TimerInfo
{
    /// <summary>The remembered runs; null when the timer is not monitored.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>Whether this run should have been earlier.</summary>
    public bool IsPastDue { get; set; }
}

/// <summary>The remembered runs of a timer.</summary>
public class ScheduleStatus
{
    /// <summary>When the function last ran.</summary>
    public DateTime Last { get; set; }

    /// <summary>When it runs next.</summary>
    public DateTime Next { get; set; }

    /// <summary>When this status was written.</summary>
    public DateTime LastUpdated { get; set; }
}
