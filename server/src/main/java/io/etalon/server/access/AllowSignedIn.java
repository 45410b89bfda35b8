package io.etalon.server.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Lets everyone in who is signed in or carries a key; the handler itself shows each caller only his own. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface AllowSignedIn {
    /** Whether keys are refused (403): what a person alone may do, such as making a key. */
    boolean sessionOnly() default false;

    /** Whether it is open to who has not given the second factor that is asked of him: what it takes to come to one. */
    boolean weakToo() default false;
}
