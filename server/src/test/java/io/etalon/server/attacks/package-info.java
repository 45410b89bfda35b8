/**
 * What went wrong in other products of this kind, done to Etalon: each class replays one pattern of published
 * vulnerabilities through the real server and names their ids; {@code docs/security/attacks.md} lists them all, also those
 * that tests of other packages hold.
 */
@NullMarked
package io.etalon.server.attacks;

import org.jspecify.annotations.NullMarked;
