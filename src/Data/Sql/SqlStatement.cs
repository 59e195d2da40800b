using System.Data.Common;

namespace TraderHub.Data.Sql;

/// <summary>A statement among several that go to the database together.</summary>
/// <param name="Sql">The statement; it is compiled once for each connection.</param>
/// <param name="Parameters">Its parameters, which have the same names in the same order each time.</param>
/// <param name="Read">What takes a row of it; null when it has none. It asks the database nothing.</param>
internal sealed record SqlStatement(string Sql, IReadOnlyList<SqlParameter> Parameters, Action<DbDataReader>? Read = null);
