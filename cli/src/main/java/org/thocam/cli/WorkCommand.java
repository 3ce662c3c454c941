package org.thocam.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.ServiceUnavailableException;
import org.thocam.ontology.queue.JobQueue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "work",
        mixinStandardHelpOptions = true,
        description = "Takes in what is queued, without serving, until Ctrl-C.")
final class WorkCommand implements Callable<Integer> {
    private static final long LOOK_MILLIS = 200;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "how many work at once; else ingest.workers of thocam.yaml (2)")
    private Integer workers;

    @Option(names = "--until-empty", description = "ends when nothing is left")
    private boolean untilEmpty;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var home = options.home();
        var configuration = options.configuration();
        int threads =
                workers == null ? Math.max(1, configuration.number(Configuration.Key.INGEST_WORKERS, 0, 64)) : workers;
        if (threads < 1 || threads > 64) throw new Stop(Exit.USAGE, "--workers " + threads + ": want 1 to 64");
        var lock = HomeLock.acquire(home, "work").orElseThrow(() -> ServeCommand.held(home, options.messages()));
        var stop = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stop, ended), "thocam-stop"));
        try (lock;
                var engine = Engine.open(home, configuration, Installation.here())) {
            var before = engine.jobs().counts();
            engine.work(threads);
            if (!options.quiet())
                spec.commandLine().getErr().println(options.messages().say("working", threads));
            boolean told = untilEmpty ? untilEmpty(engine.jobs(), stop) : stopped(stop);
            if (!told && !engine.awaitWhileTheyGetOn())
                throw new Stop(
                        Exit.SERVICE_DOWN,
                        "everything is in the archive, but the views did not catch up: " + engine.faults()
                                + ". They go on at the next start.");
            return told ? Exit.INTERRUPTED : told(before, engine.jobs().counts());
        } finally {
            ended.countDown();
        }
    }

    private static boolean stopped(CountDownLatch stop) throws InterruptedException {
        stop.await();
        return true;
    }

    /** @return whether it was told to stop before */
    private static boolean untilEmpty(JobQueue jobs, CountDownLatch stop) throws InterruptedException {
        while (!stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            try {
                if (jobs.counts().idle()) return false;
            } catch (ServiceUnavailableException e) {
                LoggerFactory.getLogger(WorkCommand.class).debug("asked again in a moment", e);
            }
        }
        return true;
    }

    private int told(JobQueue.Counts before, JobQueue.Counts after) {
        long failed = after.failed() - before.failed();
        if (!options.quiet())
            spec.commandLine()
                    .getErr()
                    .println(options.messages()
                            .say("worked", after.done() - before.done(), failed, after.queued() + after.working()));
        return failed > 0 ? Exit.SOME_FAILED : Exit.DONE;
    }

    private static void end(CountDownLatch stop, CountDownLatch ended) {
        stop.countDown();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
