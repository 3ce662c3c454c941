package org.thocam.ingest.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a service and does to its clients what networks and sick servers do. */
final class FaultyProxy implements AutoCloseable {
    enum Fault {
        NONE,
        /** Takes requests and says nothing. */
        SILENT,
        /** A byte of every answer in a tenth of a second. */
        DRIPS,
        /** Half of the next answer, then the end. */
        HALF_ONCE,
        /** Passes commits on, and loses the answer. */
        LOSES_COMMITTED,
        /** Never passes commits on. */
        LOSES_COMMIT,
        /** Answers {@link #status} to everything. */
        SAYS,
        /** Answers {@link #status} to the next few. */
        SAYS_AT_FIRST
    }

    private static final String COMMIT = "PUT /rest/fcr:tx/";

    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<Socket> committing = ConcurrentHashMap.newKeySet();
    private final URI behind;
    private final AtomicInteger halves = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private volatile Fault fault = Fault.NONE;
    private volatile int status;
    private volatile boolean closed;

    FaultyProxy(URI behind) throws IOException {
        this.behind = behind;
        daemon(this::accept);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort() + behind.getPath());
    }

    void does(Fault next) {
        halves.set(0);
        fault = next;
    }

    void says(int answer) {
        status = answer;
        fault = Fault.SAYS;
    }

    /** To so many requests; then all is well. */
    void says(int answer, int times) {
        status = answer;
        left.set(times);
        fault = Fault.SAYS_AT_FIRST;
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work, "faulty-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                var client = door.accept();
                if (closed) {
                    // who waits in accept keeps the door open a moment longer than close
                    client.close();
                    return;
                }
                var server = new Socket(behind.getHost(), behind.getPort());
                sockets.add(client);
                sockets.add(server);
                daemon(() -> forward(client, server));
                daemon(() -> back(server, client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void forward(Socket client, Socket server) {
        var buffer = new byte[1 << 16];
        try (client;
                server) {
            InputStream in = client.getInputStream();
            OutputStream out = server.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                boolean commit = new String(buffer, 0, n, StandardCharsets.ISO_8859_1).startsWith(COMMIT);
                if (fault == Fault.LOSES_COMMIT && commit) return;
                if (fault == Fault.SAYS || fault == Fault.SAYS_AT_FIRST && left.getAndDecrement() > 0) {
                    client.getOutputStream()
                            .write(("HTTP/1.1 " + status
                                            + " \r\nContent-Type: text/html\r\nContent-Length: 11\r\nConnection: close\r\n\r\n<b>sick</b>")
                                    .getBytes(StandardCharsets.ISO_8859_1));
                    return;
                }
                if (fault == Fault.LOSES_COMMITTED && commit) committing.add(server);
                if (fault != Fault.SILENT) out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // the other side went away
        }
    }

    private void back(Socket server, Socket client) {
        var buffer = new byte[1 << 16];
        try (client;
                server) {
            InputStream in = server.getInputStream();
            OutputStream out = client.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (fault == Fault.LOSES_COMMITTED && committing.contains(server)) return;
                if (fault == Fault.HALF_ONCE && halves.getAndIncrement() == 0) {
                    out.write(buffer, 0, n - 3);
                    return;
                }
                if (fault == Fault.DRIPS) {
                    for (int i = 0; i < n; i++) {
                        out.write(buffer[i]);
                        Thread.sleep(100);
                    }
                } else out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // the other side went away
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        door.close();
        for (var socket : sockets) socket.close();
    }
}
