package org.thocam.api.oai;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.xml.stream.XMLStreamException;
import org.thocam.api.form.FormPairs;
import org.thocam.api.form.FormServlet;
import org.thocam.api.form.UnreadableFormException;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.Shown;

/** The door for harvesters. OAI-PMH 2.0, section 3.1: GET and POST, status 200 for every answer that the protocol has words for. */
public final class OaiServlet extends FormServlet {
    private static final long serialVersionUID = 1;

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
    protected void answer(HttpServletRequest request, HttpServletResponse response, String query) throws IOException {
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
