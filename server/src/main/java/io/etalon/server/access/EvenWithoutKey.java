package io.etalon.server.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets a handler below {@code {client}} be called while the client's key is away. Such a handler shows and takes no content:
 * what it serves is the key itself, who may come in, and the log. Every other handler is refused then, whatever it would show.
 */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface EvenWithoutKey {}
