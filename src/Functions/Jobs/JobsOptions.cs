using TraderHub.Core.Jobs.Quotes;
using TraderHub.Core.Jobs.Runs;
using TraderHub.Data.Platform;

namespace TraderHub.Functions.Jobs;

/// <summary>Reads what an operator decides about jobs.</summary>
internal static class JobsOptions
{
    private const string SymbolsKey = "Jobs:Symbols";

    /// <summary>Reads the settings of the section <c>Jobs</c>.</summary>
    public static JobsSettings Read(SettingsReader settings)
    {
        var symbols = SymbolList.Parse(settings.Text(SymbolsKey, SymbolList.Default), SymbolsKey);
        if (symbols.Error is { } error)
        {
            foreach (var problem in error.Fields[SymbolsKey])
            {
                settings.Report(SymbolsKey, problem.TrimEnd('.'), SymbolList.Default);
            }

            return new([]);
        }

        return new(symbols.Value);
    }
}
