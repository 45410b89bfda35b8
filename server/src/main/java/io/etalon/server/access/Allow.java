package io.etalon.server.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets members of the client named by the path's {@code {client}} in who hold one of these roles there. Who is no member
 * gets the answer of an address that does not exist (404); a member without the role gets 403.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Allow {
    /** At least one of these; an empty list means any member. */
    Role[] value();

    /** Also operators of the installation who are no members; they come as {@link Role#OPERATOR} and nothing else. */
    boolean operatorToo() default false;

    /** What tells of everybody's work: people of a workforce get 403, as {@link Sight} says. */
    boolean ownPeopleOnly() default false;
}
