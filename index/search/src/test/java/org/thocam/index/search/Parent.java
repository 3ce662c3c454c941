package org.thocam.index.search;

import java.nio.file.Path;

/** An engine that starts a node and is then killed. */
final class Parent {
    private Parent() {}

    @SuppressWarnings("try")
    public static void main(String[] args) throws InterruptedException {
        try (var node = Samples.node(Path.of(args[0]))) {
            System.out.println("NODE " + node.pid());
            Thread.currentThread().join();
        }
    }
}
