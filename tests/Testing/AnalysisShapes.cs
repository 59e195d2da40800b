namespace TraderHub.Testing;

/// <summary>
/// One analysis in the five shapes that were written over time, with values of our own: AAPL bullish at 0.83, TSLA bearish at 0, MSFT asked for and failed.
/// </summary>
public static class AnalysisShapes
{
    /// <summary>Shape A, of manual runs.</summary>
    public const string Enhanced = """
        {"sentiment_signals":{
          "AAPL":{"symbol":"AAPL","sentiment_analysis":{"sentiment":"bullish","confidence":0.83,"reasoning":"Both models lean positive",
            "dual_ai_comparison":{"agree":true,"agreement_type":"full_agreement","signal_type":"AGREEMENT","signal_strength":"STRONG"}},
            "news_count":2,"timestamp":"2026-01-08T12:31:07.412Z","method":"dual_ai_comparison"},
          "TSLA":{"symbol":"TSLA","sentiment_analysis":{"sentiment":"bearish","confidence":0,"reasoning":"Both models are unsure"},"news_count":2}},
         "analysis_time":"2026-01-08T12:31:20.000Z","trigger_mode":"manual_analysis_enhanced","symbols_analyzed":["AAPL","MSFT","TSLA"],
         "dual_ai_statistics":{"total_symbols":3,"full_agreement":1,"partial_agreement":0,"disagreement":0,"errors":1},
         "execution_metrics":{"total_time_ms":38211,"analysis_enabled":true,"analysis_method":"dual_ai_comparison"}}
        """;

    /// <summary>Shape B, of scheduled runs.</summary>
    public const string Cron = """
        {"symbols_analyzed":["AAPL","MSFT","TSLA"],"trading_signals":{
          "AAPL":{"symbol":"AAPL","predicted_price":null,"current_price":null,"direction":"UP","confidence":0.5,"model":"dual",
            "sentiment_layers":[{"sentiment":"bullish","confidence":0.9,"reasoning":"Orders rise"}],
            "trading_signals":{"symbol":"AAPL","primary_direction":"BULLISH","overall_confidence":0.83,"recommendation":"BUY","entry_signals":{"direction":"UP","strength":"STRONG","reasoning":"r"}},
            "confidence_metrics":{"overall_confidence":0.83,"base_confidence":0.7},"enhanced_prediction":{"direction":"UP","confidence":0.8},"fallback_used":false},
          "TSLA":{"symbol":"TSLA","direction":"DOWN","confidence":0.4,"sentiment_layers":[{"sentiment":"bearish","confidence":0.4}],
            "confidence_metrics":{"overall_confidence":0.0}}},
         "pre_market_analysis":{"trigger_mode":"morning_prediction_alerts","execution_time_ms":1200,"success_rate":1.0},
         "cron_execution_id":"cron_1767875480000","trigger_mode":"morning_prediction_alerts","last_updated":"2026-01-08T12:31:20.000Z"}
        """;

    /// <summary>Shape C, of the bridge; it does not say which symbols were asked for, so the failed one is there without a verdict.</summary>
    public const string Bridge = """
        {"trading_signals":{
          "AAPL":{"symbol":"AAPL","sentiment_layers":[{"sentiment":"bullish","confidence":0.83,"reasoning":"Orders rise"}]},
          "TSLA":{"symbol":"TSLA","sentiment_layers":[{"sentiment":"bearish","confidence":0,"reasoning":"Orders fall"}]},
          "MSFT":{"symbol":"MSFT","sentiment_layers":[]}},
         "timestamp":"2026-01-08T12:31:19.000Z","generated_at":"2026-01-08T12:31:20.000Z"}
        """;

    /// <summary>Shape D, of the fallback; it has directions in the place of sentiments.</summary>
    public const string Fallback = """
        {"symbols_analyzed":["AAPL","MSFT","TSLA"],"trading_signals":{
          "AAPL":{"symbol":"AAPL","direction":"up","current_price":230.1,"predicted_price":233.0,"confidence":0.83,"reasoning":"Above its averages",
            "model_type":"technical","technical_indicators":{"rsi":61.2,"sma_20":226.4},"market_conditions":"calm"},
          "TSLA":{"symbol":"TSLA","direction":"down","confidence":0,"reasoning":"No trend","technical_indicators":{}}},
         "analysis_time":"2026-01-08T12:31:20.000Z","trigger_mode":"fallback",
         "performance_metrics":{"success_rate":66.7,"total_symbols":3,"successful_analyses":2,"failed_analyses":1},"fallback_reason":"model unavailable"}
        """;

    /// <summary>The document's own: the symbols stand beside everything else.</summary>
    public const string Document = """
        {"symbols_analyzed":["AAPL","MSFT","TSLA"],
         "AAPL":{"sentiment":"bullish","confidence":0.83,"direction":"buy","reasoning":"Strong earnings","signals":[{"type":"momentum","strength":0.8}]},
         "TSLA":{"sentiment":"bearish","confidence":0,"direction":"sell","reasoning":"Weak deliveries","signals":[]},
         "execution_metrics":{"total_time_ms":45000},"timestamp":"2026-01-08T12:31:20.000Z"}
        """;

    /// <summary>All five, by name.</summary>
    public static IReadOnlyList<(string Name, string Json)> All { get; } =
        [("A", Enhanced), ("B", Cron), ("C", Bridge), ("D", Fallback), ("document", Document)];
}
