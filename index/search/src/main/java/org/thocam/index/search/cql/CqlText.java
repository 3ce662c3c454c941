package org.thocam.index.search.cql;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.thocam.index.search.cql.Cql.Clause;
import org.thocam.index.search.cql.Cql.Joined;
import org.thocam.index.search.cql.Cql.Modifier;
import org.thocam.index.search.cql.Cql.Scoped;

/** Writes a query as CQL 1.2. */
final class CqlText {
    private static final Pattern BARE = Pattern.compile("[\\p{L}\\p{N}._:*?^-]+");
    private static final Pattern SYMBOL = Pattern.compile("[=<>]+");

    private final StringBuilder out = new StringBuilder();

    private CqlText() {}

    static String of(CqlQuery query) {
        var text = new CqlText();
        // a scope around the whole is that of the sort keys too, so it must stand before both
        text.write(query.cql());
        if (!query.sort().isEmpty()) text.out.append(" sortBy");
        for (var key : query.sort()) {
            text.out.append(' ');
            text.term(key.index());
            text.modifiers(key.modifiers());
        }
        return text.out.toString();
    }

    private void write(Cql cql) {
        if (cql instanceof Scoped scoped) {
            out.append("> ");
            if (!scoped.prefix().isEmpty()) {
                term(scoped.prefix());
                out.append(" = ");
            }
            term(scoped.uri());
            out.append(' ');
            write(scoped.query());
        } else if (cql instanceof Joined joined) {
            if (joined.left() instanceof Scoped) inParentheses(joined.left());
            else write(joined.left());
            out.append(' ').append(joined.operator().name().toLowerCase(Locale.ROOT));
            modifiers(joined.modifiers());
            out.append(' ');
            if (joined.right() instanceof Clause) write(joined.right());
            else inParentheses(joined.right());
        } else clause((Clause) cql);
    }

    private void inParentheses(Cql cql) {
        out.append('(');
        write(cql);
        out.append(')');
    }

    private void clause(Clause clause) {
        if (!clause.relation().name().isEmpty()) {
            term(clause.index());
            out.append(' ');
            if (SYMBOL.matcher(clause.relation().name()).matches())
                out.append(clause.relation().name());
            else term(clause.relation().name());
            modifiers(clause.relation().modifiers());
            out.append(' ');
        }
        term(clause.term());
    }

    private void modifiers(List<Modifier> modifiers) {
        for (var modifier : modifiers) {
            out.append('/');
            term(modifier.name());
            if (modifier.comparison().isEmpty()) continue;
            out.append(modifier.comparison());
            term(modifier.value());
        }
    }

    private void term(String text) {
        if (BARE.matcher(text).matches() && !CqlParser.isKeyword(text)) out.append(text);
        else out.append('"').append(text.replace("\"", "\\\"")).append('"');
    }
}
