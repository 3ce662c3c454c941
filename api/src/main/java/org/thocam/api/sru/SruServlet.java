package org.thocam.api.sru;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import javax.xml.stream.XMLStreamException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.api.access.Caller;
import org.thocam.api.form.FormServlet;
import org.thocam.api.sru.SruRequest.Explain;
import org.thocam.api.sru.SruRequest.Operation;
import org.thocam.api.sru.SruRequest.Scan;
import org.thocam.api.sru.SruRequest.SearchRetrieve;
import org.thocam.index.search.IndexUnavailableException;
import org.thocam.index.search.cql.CqlException;
import org.thocam.ontology.ServiceUnavailableException;
import org.thocam.ontology.Shown;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.exchange.Crosswalk;
import org.thocam.ontology.exchange.Links;

/**
 * The door for catalogues. SRU 1.1 and 1.2: GET and POST, status 200 for every answer that the protocol has words for. Whoever brings a
 * token sees what it opens, as at the other doors.
 */
public final class SruServlet extends FormServlet {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(SruServlet.class);

    private final transient Holdings holdings;
    private final transient SruServer server;
    private final transient Function<String, Optional<Crosswalk>> registry;
    private final transient Function<HttpServletRequest, String> base;
    private final transient Clock clock;

    /**
     * @param registry of crosswalks by metadataPrefix
     * @param base the address of the whole server as the client knows it, without a slash at its end
     */
    public SruServlet(
            Holdings holdings,
            SruServer server,
            Function<String, Optional<Crosswalk>> registry,
            Function<HttpServletRequest, String> base,
            Clock clock) {
        this.holdings = holdings;
        this.server = server;
        this.registry = registry;
        this.base = base;
        this.clock = clock;
    }

    @Override
    protected void answer(HttpServletRequest request, HttpServletResponse response, String form) throws IOException {
        byte[] bytes;
        try {
            bytes = answer(form, base.apply(request), Caller.viewer(request));
        } catch (XMLStreamException e) {
            throw new IOException("the answer to '" + Shown.of(form) + "' could not be written", e);
        }
        response.setContentType("text/xml");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("Vary", "Authorization");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    byte[] answer(String form, String address, Viewer viewer) throws XMLStreamException {
        var arguments = Arguments.of(form);
        var explanation = new Explanation(server, address, arguments.answered(), RecordSchema.all(registry));
        Diagnostic diagnostic;
        try {
            return answered(arguments, explanation, viewer).bytes();
        } catch (Diagnostic.Refused e) {
            diagnostic = e.diagnostic();
        } catch (CqlException e) {
            diagnostic = Diagnostic.of(e.number(), e.details());
        } catch (IndexUnavailableException | ServiceUnavailableException e) {
            LOG.warn("SRU: {}", e.getMessage());
            diagnostic = Diagnostic.of(2, "try again in a minute");
        } catch (RuntimeException e) {
            LOG.error("SRU: '{}' could not be answered", Shown.of(form), e);
            diagnostic = Diagnostic.of(1, "");
        }
        return new SruResponse(Operation.of(arguments), arguments)
                .refused(diagnostic, explanation)
                .bytes();
    }

    private SruResponse answered(Arguments arguments, Explanation explanation, Viewer viewer)
            throws XMLStreamException {
        var request = SruRequest.of(arguments, registry);
        if (request instanceof SearchRetrieve search) return found(search, arguments, explanation.base(), viewer);
        if (request instanceof Scan scan) {
            var terms = holdings.index()
                    .get()
                    .terms(scan.clause(), scan.position(), scan.maximum(), viewer, clock.instant());
            return new SruResponse(Operation.SCAN, arguments).terms(terms).echo();
        }
        return new SruResponse(Operation.EXPLAIN, arguments)
                .explanation(explanation, ((Explain) request).packed())
                .echo();
    }

    private SruResponse found(SearchRetrieve search, Arguments arguments, String address, Viewer viewer)
            throws XMLStreamException {
        var now = clock.instant();
        var found = holdings.index().get().retrieve(search.query(), search.start() - 1L, search.maximum(), viewer, now);
        if (search.start() > Math.max(1, found.total()))
            throw Diagnostic.of(61, String.valueOf(found.total())).thrown();
        var links = new Links(address, server.domain(), server.name());
        var records = found.ids().stream()
                .flatMap(id -> holdings.record(id, viewer, now, links).stream())
                .toList();
        long hidden = found.ids().size() - records.size();
        var response = new SruResponse(Operation.SEARCH_RETRIEVE, arguments)
                .found(found.total() - hidden)
                .records(records, search.start(), search);
        long next = search.start() + (long) found.ids().size();
        if (next <= found.total()) response.next(next);
        return response.echo().diagnostics(search.warnings());
    }
}
