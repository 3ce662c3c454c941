package org.thocam.ontology.exchange.marc;

import org.thocam.ontology.LanguageTag;

record Text(LanguageTag language, String text) {}
