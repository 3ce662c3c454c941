package org.thocam.ontology.queue;

import org.thocam.ontology.Submission;

/**
 * What is to be taken in later.
 *
 * @param isNew whether it must make an item that is not there yet
 * @param owner who may ask for it, such as the digest of a token
 * @param agent who is named as the depositor
 */
public record JobOrder(Submission submission, boolean isNew, String owner, String agent) {}
