package org.thocam.ontology.linking.find;

import org.thocam.ontology.entity.Entity;

/**
 * An entity that was found.
 *
 * @param score 0 to 100, the same for the same question; 100 for its label letter by letter, 0 where no name was asked for
 * @param name the name by which it was found; its label where that name is dated or pejorative, or none was asked for
 * @param exact whether the name is the one that was asked for: case, normal form and place of the tone mark do not count
 */
public record Hit(Entity entity, double score, String name, boolean exact) {}
