package org.thocam.ontology.linking;

/**
 * A word or phrase beside a name that says what the name is.
 *
 * @param phrase as {@code triggers.tsv} writes it
 * @param weight how much it says for what fits
 * @param against how much it says against what does not
 * @param head whether it is part of the name when it stands before it, as {@code Lễ hội}
 */
record Trigger(String phrase, Sense sense, double weight, double against, boolean head) {}
