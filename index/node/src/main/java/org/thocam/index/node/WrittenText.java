package org.thocam.index.node;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexableField;
import org.apache.solr.common.SolrException;
import org.apache.solr.schema.IndexSchema;
import org.apache.solr.schema.SchemaField;
import org.apache.solr.schema.TextField;
import org.thocam.index.analysis.AnalysisSteps;
import org.thocam.index.analysis.TextAnalyzer;
import org.thocam.index.analysis.WritingSystem;

/**
 * Text in a language that is said with it: {@code jra-Latn}, U+001F, the text. Its terms are made by that language's writing system;
 * without a language each script is ruled by the writing system described first for it. An argument {@code analysis} says which
 * {@link AnalysisSteps#GENERATION} the index was made for; another one does not open it.
 */
public final class WrittenText extends TextField {
    private static final char UNIT = '\u001F';
    private static final int LONGEST_TAG = 64;

    private final Map<WritingSystem, TextAnalyzer> analyzers = new ConcurrentHashMap<>();

    @Override
    protected void init(IndexSchema schema, Map<String, String> arguments) {
        super.init(schema, arguments);
        var wanted = arguments.remove("analysis");
        if (wanted != null && !wanted.equals(String.valueOf(AnalysisSteps.GENERATION)))
            throw new SolrException(
                    SolrException.ErrorCode.SERVER_ERROR,
                    "the index wants Thocam's analysis " + wanted + ", the jars installed here have "
                            + AnalysisSteps.GENERATION);
        setIndexAnalyzer(new TextAnalyzer());
        setQueryAnalyzer(new TextAnalyzer());
    }

    @Override
    public List<IndexableField> createFields(SchemaField field, Object value) {
        var written = value.toString();
        int unit = written.indexOf(UNIT);
        boolean tagged = unit >= 0 && unit <= LONGEST_TAG;
        var system = WritingSystem.of(tagged ? written.substring(0, unit) : "und");
        var text = tagged ? written.substring(unit + 1) : written;
        var type = new FieldType();
        type.setTokenized(true);
        type.setStored(field.stored());
        type.setIndexOptions(
                field.storeOffsetsWithPositions()
                        ? IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS
                        : IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
        type.setOmitNorms(field.omitNorms());
        type.freeze();
        return List.of(new Written(field.getName(), text, type, analyzers.computeIfAbsent(system, TextAnalyzer::new)));
    }

    /** A value with an analyzer of its own: Solr knows one for a field. */
    private static final class Written extends Field {
        private final TextAnalyzer analyzer;
        private final String text;

        Written(String name, String text, FieldType type, TextAnalyzer analyzer) {
            super(name, text, type);
            this.analyzer = analyzer;
            this.text = text;
        }

        @Override
        public TokenStream tokenStream(Analyzer ofField, TokenStream reuse) {
            return analyzer.tokenStream(name(), text);
        }
    }
}
