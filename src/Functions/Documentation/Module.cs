namespace TraderHub.Functions.Documentation;

/// <summary>The modules of the app, which are the first folders of the project.</summary>
internal static class Module
{
    private const int Depth = 2;

    /// <summary>The module that a type belongs to: <c>Trading</c> for <c>TraderHub.Functions.Trading.BalanceFunctions</c>.</summary>
    public static string Of(Type type) => type.Namespace!.Split('.')[Depth];
}
