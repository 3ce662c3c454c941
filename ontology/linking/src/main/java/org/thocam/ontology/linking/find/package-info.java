/** Entities by their names, in every script and spelling, and by what is said of them. */
package org.thocam.ontology.linking.find;
