package org.thocam.api.form;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A door of a protocol that asks by GET or by POST of a form, and gets the same answer to both. */
public abstract class FormServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final int LONGEST_FORM = 64 << 10;

    @Override
    protected final void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(request, response, request.getQueryString() == null ? "" : request.getQueryString());
    }

    @Override
    protected final void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var type = request.getContentType();
        if (type != null && !type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
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

    /** @param form each byte a character, for {@link FormPairs} */
    protected abstract void answer(HttpServletRequest request, HttpServletResponse response, String form)
            throws IOException;
}
