package org.thocam.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.thocam.api.access.Role;

/** The least role that a route is for: 401 without a token, 403 with one of a lesser role. Every route has this or {@link ForEverybody}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Needs {
    Role value();
}
