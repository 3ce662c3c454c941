package org.thocam.api.sparql;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Lets Fuseki's results through and keeps back its errors, which it writes as plain text. */
final class FusekiResponse extends HttpServletResponseWrapper {
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    FusekiResponse(HttpServletResponse response) {
        super(response);
    }

    boolean failed() {
        return getStatus() >= 400;
    }

    String message() {
        return message.toString(StandardCharsets.UTF_8);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        return failed() ? new Kept() : super.getOutputStream();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        return failed() ? new PrintWriter(message, true, StandardCharsets.UTF_8) : super.getWriter();
    }

    @Override
    public void setContentLength(int length) {
        if (!failed()) super.setContentLength(length);
    }

    @Override
    public void sendError(int status, String reason) {
        setStatus(status);
        if (reason != null) message.writeBytes(reason.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void sendError(int status) {
        setStatus(status);
    }

    private final class Kept extends ServletOutputStream {
        @Override
        public void write(int b) {
            message.write(b);
        }

        // Jena writes a char a byte here; what is not Latin-1 must not be an exception.
        @Override
        public void print(String text) {
            message.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("an error is written at once");
        }
    }
}
