package org.thocam.ingest.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.thocam.services.FedoraService;

/** Gives every test class of this process the same Fedora, started for the first of them and stopped after the last. */
public final class OneFedora implements ParameterResolver {
    private record Running(FedoraService service, Path folder) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            service.close();
            gone(folder);
        }
    }

    static FedoraService in(Path folder) throws IOException {
        return new FedoraService(Path.of(System.getProperty("thocam.root")), folder, 0, "512m")
                .shortLived()
                // a test need not wait three minutes for a lock that nobody holds any more
                .with("fcrepo.session.timeout", "20000");
    }

    static FcrepoArchive.Settings settings(FedoraService service) {
        return new FcrepoArchive.Settings(service.address(), FedoraService.USER, FedoraService.PASSWORD);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == FedoraService.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(OneFedora.class))
                .getOrComputeIfAbsent(Running.class, key -> started(), Running.class)
                .service();
    }

    private static Running started() {
        try {
            var folder = Files.createTempDirectory("one-fedora");
            var service = in(folder);
            service.start();
            return new Running(service, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Fedora started", e);
        }
    }

    static void gone(Path folder) throws IOException {
        try (var walk = Files.walk(folder)) {
            for (var path : walk.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }
}
