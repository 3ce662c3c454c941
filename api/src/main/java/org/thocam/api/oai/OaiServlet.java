package org.thocam.api.oai;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.xml.stream.XMLStreamException;
import org.thocam.api.form.FormPairs;
import org.thocam.api.form.UnreadableFormException;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.Shown;

/** The door for harvesters. OAI-PMH 2.0, section 3.1: GET and POST, status 200 for every answer that the protocol has words for. */
public final class OaiServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final int LONGEST_FORM = 64 << 10;

    private final transient Supplier<Archive> archive;
    private final transient Supplier<ChangeLog> log;
    private final transient Repository repository;
    private final transient Offer offer;
    private final transient LeftOut leftOut;
    private final transient Function<HttpServletRequest, String> base;
    private final transient Clock clock;

    /** @param base the address of the whole server as the harvester knows it, without a slash at its end */
    public OaiServlet(
            Supplier<Archive> archive,
            Supplier<ChangeLog> log,
            Repository repository,
            Offer offer,
            LeftOut leftOut,
            Function<HttpServletRequest, String> base,
            Clock clock) {
        this.archive = archive;
        this.log = log;
        this.repository = repository;
        this.offer = offer;
        this.leftOut = leftOut;
        this.base = base;
        this.clock = clock;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(request, response, request.getQueryString() == null ? "" : request.getQueryString());
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var type = request.getContentType();
        if (type != null && !type.toLowerCase(java.util.Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
            response.sendError(415, "want application/x-www-form-urlencoded");
            return;
        }
        var form = request.getInputStream().readNBytes(LONGEST_FORM + 1);
        if (form.length > LONGEST_FORM) {
            response.sendError(413, "want at most " + LONGEST_FORM + " bytes");
            return;
        }
        answer(request, response, new String(form, StandardCharsets.ISO_8859_1));
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, String query) throws IOException {
        var address = base.apply(request);
        var now = clock.instant();
        var changes = log.get();
        // asked before the feed: what the answer cannot have yet has no datestamp before this
        var responseDate = changes.horizon(now);
        var arguments = new LinkedHashMap<String, String>();
        OaiResponse answer;
        try {
            var read = new OaiRequest.Arguments(pairs(query));
            for (var pair : read.pairs()) arguments.put(pair.getKey(), pair.getValue());
            answer = OaiRequest.of(read, offer)
                    .answerFrom(new Holdings(archive.get(), changes, repository, offer, leftOut, address, now));
        } catch (OaiError.Found e) {
            answer = e.error();
        }
        byte[] bytes;
        try {
            bytes = OaiXml.document(address + offer.path(), arguments, responseDate, answer);
        } catch (XMLStreamException e) {
            throw new IOException("the answer to '" + Shown.of(query) + "' could not be written", e);
        }
        response.setContentType("text/xml");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-cache");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private static List<Map.Entry<String, String>> pairs(String query) {
        try {
            return FormPairs.of(query);
        } catch (UnreadableFormException e) {
            throw OaiError.badArgument(e.getMessage()).thrown();
        }
    }
}
