package org.thocam.api.problem;

/** Ends a request with a problem document. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.status() + " " + problem.detail());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
