package org.thocam.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.thocam.api.problem.ProblemType;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.queue.Job;
import org.thocam.ontology.queue.JobFault;

/** A job as its sender sees it. */
final class ShownJob {
    private ShownJob() {}

    static String href(Job job) {
        return "/api/v1/jobs/" + job.id();
    }

    /** @param admin who may know why our archive failed */
    static ObjectNode json(Job job, boolean admin) {
        var node = ItemJson.MAPPER
                .createObjectNode()
                .put("id", job.id())
                .put("href", href(job))
                .put("state", job.state().word())
                .put("item", job.item().value())
                .put("source", job.place())
                .put("attempts", job.attempts());
        put(node, "submitted", job.submitted());
        job.begun().ifPresent(at -> put(node, "begun", at));
        job.ended().ifPresent(at -> put(node, "ended", at));
        job.receipt().ifPresent(receipt -> {
            var said = node.putObject("receipt")
                    .put("id", receipt.id().value())
                    .put("version", receipt.version().number())
                    .put("state", receipt.state());
            if (!receipt.reason().isEmpty()) said.put("reason", receipt.reason());
            said.put("href", Addresses.item(receipt.id()));
        });
        job.failure().ifPresent(failure -> {
            var type = type(failure.fault());
            node.putObject("problem")
                    .put("type", type.path())
                    .put("title", type.title())
                    .put("status", type.status())
                    .put("detail", failure.fault() == JobFault.BROKEN && !admin ? type.meaning() : failure.reason());
        });
        return node;
    }

    private static void put(ObjectNode node, String name, Instant at) {
        node.put(name, at.toString());
    }

    private static ProblemType type(JobFault fault) {
        return switch (fault) {
            case TAKEN -> ProblemType.CONFLICT;
            case REFUSED -> ProblemType.INVALID;
            case INVALID -> ProblemType.INVALID_ENTITY;
            case LOST, BROKEN -> ProblemType.INTERNAL;
        };
    }
}
