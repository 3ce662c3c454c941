package org.thocam.api.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.thocam.api.form.FormPairs;
import org.thocam.api.form.UnreadableFormException;
import org.thocam.api.reconcile.Reconciliation.Refused;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.entity.Register;
import org.thocam.ontology.linking.find.EntitySearch;

/**
 * The door of the Reconciliation Service API v0.2, for OpenRefine and the like. It only reads, POST too, so that everybody may ask;
 * pages of other sites may ask as well (section 3.3: CORS, and JSONP for older clients).
 */
public final class ReconcileServlet extends HttpServlet {
    public static final String PATH = "/api/v1/reconcile";

    private static final long serialVersionUID = 1;
    private static final int LONGEST_FORM = 1 << 20;
    private static final Pattern CALLBACK = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$.]{0,99}");

    private final transient Supplier<Map.Entry<Register, EntitySearch>> entities;
    private final transient Function<HttpServletRequest, String> baseOf;
    private final transient Supplier<String> identities;
    private final transient UnaryOperator<String> escaped;

    /**
     * @param entities a register and the search in it, asked anew at each request
     * @param baseOf the server's address as the caller sees it, without a slash at its end
     * @param identities where the IRIs of entities begin: what stands before an id
     * @param escaped text for HTML
     */
    public ReconcileServlet(
            Supplier<Map.Entry<Register, EntitySearch>> entities,
            Function<HttpServletRequest, String> baseOf,
            Supplier<String> identities,
            UnaryOperator<String> escaped) {
        this.entities = entities;
        this.baseOf = baseOf;
        this.identities = identities;
        this.escaped = escaped;
    }

    @Override
    protected void doOptions(HttpServletRequest request, HttpServletResponse response) {
        cors(response);
        response.setHeader("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
        response.setHeader("Access-Control-Allow-Headers", "Content-Type, Accept");
        response.setHeader("Access-Control-Max-Age", "86400");
        response.setStatus(204);
    }

    private static void cors(HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Origin", "*");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(request, response, request.getQueryString() == null ? "" : request.getQueryString());
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        cors(response);
        var type = request.getContentType();
        if (type != null && !type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
            write(
                    response,
                    415,
                    error("want application/x-www-form-urlencoded with the field queries or extend"),
                    null);
            return;
        }
        var form = request.getInputStream().readNBytes(LONGEST_FORM + 1);
        if (form.length > LONGEST_FORM) {
            response.setHeader("Connection", "close");
            write(
                    response,
                    413,
                    error("the form is longer than " + LONGEST_FORM + " bytes; send smaller batches"),
                    null);
            return;
        }
        answer(request, response, new String(form, StandardCharsets.ISO_8859_1));
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, String form) throws IOException {
        cors(response);
        String callback = null;
        try {
            var fields = new LinkedHashMap<String, String>();
            for (var pair : FormPairs.of(form)) fields.putIfAbsent(pair.getKey(), pair.getValue());
            callback = callback(fields.get("callback"));
            var now = entities.get();
            var service = new Reconciliation(now.getKey(), now.getValue());
            var path = request.getRequestURI().substring(PATH.length());
            if (path.equals("/preview")) {
                preview(response, service, fields.get("id"));
                return;
            }
            write(response, 200, answer(service, path, fields, request), callback);
        } catch (UnreadableFormException e) {
            write(response, 400, error("the form is not UTF-8 in percent escapes"), callback);
        } catch (Refused e) {
            write(response, e.status, error(e.getMessage()), callback);
        } catch (IllegalArgumentException e) {
            write(response, 400, error(e.getMessage()), callback);
        }
    }

    private ObjectNode answer(
            Reconciliation service, String path, Map<String, String> fields, HttpServletRequest request) {
        if (path.startsWith("/suggest/"))
            return service.suggest(
                    path.substring("/suggest/".length()),
                    fields.get("prefix"),
                    number(fields.get("cursor"), 0),
                    fields.get("type"));
        if (path.equals("/extend/propose")) return service.propose(fields.get("type"), number(fields.get("limit"), 50));
        if (!path.isEmpty() && !path.equals("/")) throw new Refused(404, "there is nothing at this address");
        if (fields.containsKey("queries")) return service.queries(json("queries", fields.get("queries")));
        if (fields.containsKey("extend")) return service.extend(json("extend", fields.get("extend")));
        return Reconciliation.manifest(baseOf.apply(request), identities.get());
    }

    private static int number(String text, int usual) {
        if (text == null || text.isBlank()) return usual;
        if (text.matches("[0-9]{1,4}")) return Integer.parseInt(text);
        throw new Refused(400, "want a whole number from 0 to 9999");
    }

    private static JsonNode json(String field, String text) {
        try {
            return ItemJson.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Refused(400, field + ": " + e.getMessage());
        }
    }

    private static String callback(String name) {
        if (name == null) return null;
        if (CALLBACK.matcher(name).matches()) return name;
        throw new Refused(400, "callback: want the name of a function");
    }

    private static ObjectNode error(String message) {
        return ItemJson.MAPPER.createObjectNode().put("status", "error").put("message", message);
    }

    private static void write(HttpServletResponse response, int status, ObjectNode answer, String callback)
            throws IOException {
        response.setStatus(status);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-cache");
        response.setContentType(callback == null ? "application/json" : "application/javascript");
        response.setCharacterEncoding("UTF-8");
        // U+2028 and U+2029 end a line of older scripts
        var json = answer.toString().replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
        var text = callback == null ? json : "/**/" + callback + "(" + json + ");";
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A small page to be shown in a frame. Section 6. */
    private void preview(HttpServletResponse response, Reconciliation service, String id) throws IOException {
        var entity = service.entity(id).orElseThrow(() -> new Refused(404, "there is no such entity"));
        response.setContentType("text/html");
        response.setCharacterEncoding("UTF-8");
        // this page alone may be framed by others: it shows what is open, and has nothing to click but its own link
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors *");
        response.setHeader("X-Frame-Options", null);
        var page =
                """
                <!DOCTYPE html>
                <html lang="vi"><head><meta charset="utf-8"><title>%s</title></head><body>
                <h1 dir="auto">%s</h1><p>%s · %s</p><p dir="auto">%s</p><p lang="en">%s</p>
                <p><a href="/entities/%s" target="_blank" rel="noopener">%s</a></p></body></html>
                """
                        .formatted(
                                escaped.apply(entity.label()),
                                escaped.apply(entity.label()),
                                entity.kind().word(),
                                entity.id(),
                                escaped.apply(service.about(entity)),
                                escaped.apply(entity.text("description_en")),
                                entity.id(),
                                entity.id());
        response.getOutputStream().write(page.getBytes(StandardCharsets.UTF_8));
    }
}
