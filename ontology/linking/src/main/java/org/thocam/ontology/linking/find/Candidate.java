package org.thocam.ontology.linking.find;

import org.thocam.ontology.entity.Entity;

/**
 * An entity that a cell of somebody's table may mean.
 *
 * @param score 0 to 100
 * @param name as {@link Hit#name}
 * @param match whether it is clearly this one: its label is what stands there, and no other comes within 10 points
 */
public record Candidate(Entity entity, double score, String name, boolean match) {}
