package org.thocam.index.analysis.speed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.thocam.index.analysis.TextAnalyzer;

/**
 * The chains that are compared. Lucene's ICU chains need another ICU4J than this project has, so they run in a class loader of their
 * own, on jars that {@code docs/benchmarks/scripts.sh} fetches; nothing but {@link java.util.function} crosses its border.
 */
public final class Chain {
    static final String OURS = "ours";
    static final String STANDARD = "StandardAnalyzer";
    /** Solr's {@code text_icu}: words and NFKC_CF. */
    static final String ICU = "ICU nfkc_cf";

    static final String FOLDED = "ICU folded";
    /** The whole text folded, then 2-3-grams. */
    static final String GRAMS = "ICU folded 2-3-grams";
    /** The whole text folded, one token. */
    static final String WHOLE = "ICU folded text";

    private static final String LUCENE_ICU = "org.apache.lucene.analysis.icu.";

    private Chain() {}

    private static boolean foreign(String name) {
        return name.startsWith("ICU");
    }

    /** Analyses a text and says how many tokens it has. */
    static ToIntFunction<String> counter(String name) {
        return foreign(name) ? Foreign.call("countHere", name) : countHere(name);
    }

    /** The tokens of a text. */
    static Function<String, List<String>> tokens(String name) {
        return foreign(name) ? Foreign.call("tokensHere", name) : tokensHere(name);
    }

    /** Writes texts to an index of one field, and says how many bytes its files have. */
    static BiFunction<Iterable<String>, Path, Long> index(String name, boolean offsets) {
        return foreign(name)
                ? Foreign.call(offsets ? "indexOffsetsHere" : "indexHere", name)
                : (texts, folder) -> IndexSize.write(analyzer(name), offsets, texts, folder);
    }

    // What follows with "Here" in its name is called in the class loader of the chain.

    public static ToIntFunction<String> countHere(String name) {
        var analyzer = analyzer(name);
        return text -> {
            int count = 0;
            try (var stream = analyzer.tokenStream("text", text)) {
                stream.reset();
                while (stream.incrementToken()) count++;
                stream.end();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return count;
        };
    }

    public static Function<String, List<String>> tokensHere(String name) {
        var analyzer = analyzer(name);
        return text -> {
            var tokens = new ArrayList<String>();
            try (var stream = analyzer.tokenStream("text", text)) {
                var term = stream.addAttribute(CharTermAttribute.class);
                stream.reset();
                while (stream.incrementToken()) tokens.add(term.toString());
                stream.end();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return tokens;
        };
    }

    public static BiFunction<Iterable<String>, Path, Long> indexHere(String name) {
        return (texts, folder) -> IndexSize.write(analyzer(name), false, texts, folder);
    }

    public static BiFunction<Iterable<String>, Path, Long> indexOffsetsHere(String name) {
        return (texts, folder) -> IndexSize.write(analyzer(name), true, texts, folder);
    }

    private static Analyzer analyzer(String name) {
        return switch (name) {
            case OURS -> new TextAnalyzer();
            case STANDARD -> new StandardAnalyzer();
            default -> new IcuAnalyzer(name);
        };
    }

    private static final class IcuAnalyzer extends Analyzer {
        private final String name;

        IcuAnalyzer(String name) {
            this.name = name;
        }

        @Override
        protected TokenStreamComponents createComponents(String field) {
            Tokenizer words =
                    switch (name) {
                        case GRAMS -> make(Tokenizer.class, "org.apache.lucene.analysis.ngram.NGramTokenizer", 2, 3);
                        case WHOLE ->
                            make(Tokenizer.class, "org.apache.lucene.analysis.core.KeywordTokenizer", 1 << 20);
                        default -> make(Tokenizer.class, LUCENE_ICU + "segmentation.ICUTokenizer");
                    };
            var filter = name.equals(ICU) ? "ICUNormalizer2Filter" : "ICUFoldingFilter";
            return new TokenStreamComponents(words, make(TokenStream.class, LUCENE_ICU + filter, words));
        }
    }

    private static <T> T make(Class<T> type, String name, Object... arguments) {
        try {
            for (Constructor<?> constructor : Class.forName(name).getConstructors())
                if (fits(constructor, arguments)) return type.cast(constructor.newInstance(arguments));
            throw new IllegalStateException(name + ": no constructor for " + List.of(arguments));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(name, e);
        }
    }

    private static boolean fits(Constructor<?> constructor, Object[] arguments) {
        var types = constructor.getParameterTypes();
        if (types.length != arguments.length) return false;
        for (int at = 0; at < types.length; at++) {
            boolean number = types[at] == int.class && arguments[at] instanceof Integer;
            if (!number && !types[at].isInstance(arguments[at])) return false;
        }
        return true;
    }

    /** Lucene with the ICU4J that its ICU module was made for. */
    private static final class Foreign {
        private static final ClassLoader LOADER = loader();

        @SuppressWarnings("unchecked")
        static <T> T call(String method, String name) {
            try {
                return (T) LOADER.loadClass(Chain.class.getName())
                        .getMethod(method, String.class)
                        .invoke(null, name);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(method + " " + name, e);
            }
        }

        private static ClassLoader loader() {
            var folder = Path.of(System.getProperty("thocam.icu.chain", "target/icu-chain"));
            try (var jars = Files.list(folder)) {
                var urls = new ArrayList<URL>();
                for (var jar : jars.toList()) urls.add(jar.toUri().toURL());
                for (var here : List.of(Chain.class, TextAnalyzer.class))
                    urls.add(here.getProtectionDomain().getCodeSource().getLocation());
                return new URLClassLoader("icu-chain", urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
            } catch (MalformedURLException e) {
                throw new IllegalStateException(e);
            } catch (IOException e) {
                throw new UncheckedIOException(
                        folder + ": run docs/benchmarks/scripts.sh, which fetches Lucene's ICU chain", e);
            }
        }
    }
}
