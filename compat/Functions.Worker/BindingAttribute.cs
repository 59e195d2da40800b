namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>Base of every attribute that binds a parameter of a function.</summary>
public abstract class BindingAttribute : Attribute;

/// <summary>Base of every attribute that makes a parameter the trigger of its function.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class TriggerBindingAttribute : BindingAttribute;
