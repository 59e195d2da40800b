namespace TraderHub.Functions.Documentation;

/// <summary>How <see cref="ApiPage"/> looks. The page's policy names the hash of exactly this text.</summary>
internal static class ApiPageStyle
{
    /// <summary>The style sheet.</summary>
    public const string Css = """

        :root { color-scheme: light dark; --ink: #1d2330; --soft: #586074; --line: #d5d9e2; --paper: #ffffff; --tint: #f2f4f8; --link: #1c54b2 }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e4e7ee; --soft: #a4adbf; --line: #363d4b; --paper: #14181f; --tint: #1e242e; --link: #8db8ff }
        }
        * { box-sizing: border-box }
        body { margin: 0 auto; max-width: 66rem; padding: 1rem; color: var(--ink); background: var(--paper) }
        body { font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
        h1 { font-size: 1.7rem; margin: 1rem 0 0 }
        h2 { font-size: 1.3rem; margin: 2.5rem 0 0.5rem; border-bottom: 1px solid var(--line) }
        h3 { font-size: 1.05rem; margin: 1.75rem 0 0.25rem; scroll-margin-top: 1rem }
        nav { margin-top: 1.5rem; padding: 0.25rem 1rem 0.75rem; background: var(--tint); border-radius: 0.5rem }
        nav h2 { font-size: 1rem; margin: 0.75rem 0 0; border: 0 }
        nav ul { columns: 20rem; margin: 0; padding: 0; list-style: none }
        nav li { padding: 0.2rem 0 }
        p { margin: 0.25rem 0 }
        a { color: var(--link) }
        a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
        code { font: 0.92em ui-monospace, monospace }
        .method { font-size: 0.85em; font-weight: 700; color: var(--soft) }
        .skip { position: absolute; left: -100rem }
        .skip:focus { position: static }
        table { width: 100%; margin: 0.75rem 0 1.25rem; border-collapse: collapse; table-layout: fixed; font-size: 0.92rem }
        caption { text-align: left; font-weight: 600; color: var(--soft) }
        th, td { padding: 0.35rem 0.5rem 0.35rem 0; border-bottom: 1px solid var(--line) }
        th, td { text-align: left; vertical-align: top; font-weight: inherit }
        thead th { color: var(--soft); font-size: 0.85em }
        th:first-child { width: 30% }
        .answers th:first-child { width: 3.5rem }

        """;
}
