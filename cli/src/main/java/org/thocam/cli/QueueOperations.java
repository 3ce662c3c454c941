package org.thocam.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.thocam.api.Operations;
import org.thocam.ingest.read.Found;
import org.thocam.ingest.read.Inputs;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Submission;
import org.thocam.ontology.queue.Job;
import org.thocam.ontology.queue.JobOrder;
import org.thocam.ontology.queue.JobQueue;
import org.thocam.ontology.queue.JobState;
import org.thocam.ontology.queue.JobTooLargeException;
import org.thocam.ontology.queue.QueueFullException;

/** The verbs that need the queue and nothing else of a home. */
final class QueueOperations implements Operations {
    private static final int BATCH = 100;
    private static final long BATCH_BYTES = 2 << 20;
    private static final int FAILURES = 100;
    private static final String LOCAL = "local";

    private final JobQueue jobs;
    private final Path home;

    QueueOperations(JobQueue jobs, Path home) {
        this.jobs = jobs;
        this.home = home;
    }

    @Override
    public void run(String verb, JsonNode arguments, Consumer<JsonNode> lines) {
        int exit;
        try {
            exit = switch (verb) {
                case "queue" -> queue(arguments, lines);
                case "jobs" -> jobs(lines);
                default -> throw new IllegalArgumentException("the queue has no operation '" + verb + "'");
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exit = Exit.INTERRUPTED;
        } catch (IOException e) {
            lines.accept(ItemJson.MAPPER.createObjectNode().put("error", e.toString()));
            exit = Exit.SERVICE_DOWN;
        }
        lines.accept(ItemJson.MAPPER.createObjectNode().put("exit", exit));
    }

    int jobs(Consumer<JsonNode> lines) {
        var counts = jobs.counts();
        lines.accept(ItemJson.MAPPER
                .createObjectNode()
                .put("arriving", counts.arriving())
                .put("queued", counts.queued())
                .put("working", counts.working())
                .put("done", counts.done())
                .put("failed", counts.failed())
                .put("bytes", counts.bytes()));
        for (var job : jobs.list(Optional.empty(), Optional.of(JobState.FAILED), Optional.empty(), FAILURES)) {
            var failure = job.failure().orElseThrow();
            lines.accept(ItemJson.MAPPER
                    .createObjectNode()
                    .put("job", job.id())
                    .put("id", job.item().value())
                    .put("source", job.place())
                    .put("fault", failure.fault().word())
                    .put("reason", failure.reason())
                    .put("ended", job.ended().orElseThrow().toString()));
        }
        return Exit.DONE;
    }

    /** Hands in all that there is under some paths; waits where the queue is full. */
    int queue(JsonNode arguments, Consumer<JsonNode> lines) throws IOException, InterruptedException {
        var paths = new ArrayList<Path>();
        arguments.path("paths").forEach(path -> paths.add(Path.of(path.asText())));
        if (paths.isEmpty()) throw new Stop(Exit.USAGE, "nothing to hand in: name files or folders");
        for (var path : paths) if (!Files.exists(path)) throw new Stop(Exit.NOT_FOUND, path + " is not there");
        var handing = new Handing(arguments.path("agent").asText("thocam"), lines);
        try (var inputs = new Inputs(handing::take, home)) {
            for (var path : paths) inputs.read(path);
            handing.flush();
        }
        if (handing.interrupted) throw new InterruptedException();
        return handing.failed == 0 ? Exit.DONE : Exit.SOME_FAILED;
    }

    /** Several in one transaction of the database, so that they share its confirmation. */
    private final class Handing {
        private final String agent;
        private final Consumer<JsonNode> lines;
        private final List<JobOrder> orders = new ArrayList<>();
        private long bytes;
        private long failed;
        private boolean interrupted;

        Handing(String agent, Consumer<JsonNode> lines) {
            this.agent = agent;
            this.lines = lines;
        }

        void take(Found found) {
            if (interrupted) return;
            if (found instanceof Found.Refused refused) {
                failed(refused.place(), refused.reason());
                return;
            }
            var submission = ((Found.Taken) found).submission();
            orders.add(new JobOrder(submission, false, LOCAL, agent));
            bytes += weight(submission);
            if (orders.size() >= BATCH || bytes >= BATCH_BYTES) flush();
        }

        private long weight(Submission submission) {
            long all = submission.text().map(String::length).orElse(0);
            for (var file : submission.files()) {
                try {
                    all += Files.size(file.path());
                } catch (IOException e) {
                    // told when it is copied
                    all += BATCH_BYTES;
                }
            }
            return all;
        }

        void flush() {
            if (orders.isEmpty() || interrupted) return;
            try {
                submitted(List.copyOf(orders));
            } catch (JobTooLargeException | ArchiveException e) {
                // which one it is shows when each goes alone; what is kept of them already is unchanged the second time
                if (orders.size() == 1) failed(orders.get(0).submission().place(), e.getMessage());
                else for (var order : orders) alone(order);
            }
            orders.clear();
            bytes = 0;
        }

        private void alone(JobOrder order) {
            try {
                submitted(List.of(order));
            } catch (JobTooLargeException | ArchiveException e) {
                failed(order.submission().place(), e.getMessage());
            }
        }

        private void submitted(List<JobOrder> some) {
            boolean told = false;
            while (true) {
                try {
                    jobs.submit(some).forEach(this::queued);
                    return;
                } catch (QueueFullException e) {
                    if (!told) lines.accept(ItemJson.MAPPER.createObjectNode().put("waiting", e.getMessage()));
                    told = true;
                    try {
                        TimeUnit.SECONDS.sleep(1);
                    } catch (InterruptedException stop) {
                        interrupted = true;
                        return;
                    }
                }
            }
        }

        private void queued(Job job) {
            lines.accept(line(job.place(), "queued", "")
                    .put("id", job.item().value())
                    .put("job", job.id()));
        }

        private void failed(String place, String reason) {
            failed++;
            lines.accept(line(place, "failed", String.valueOf(reason)));
        }

        private static ObjectNode line(String place, String state, String reason) {
            return ItemJson.MAPPER
                    .createObjectNode()
                    .put("source", place)
                    .putNull("id")
                    .putNull("version")
                    .put("state", state)
                    .put("reason", reason);
        }
    }
}
