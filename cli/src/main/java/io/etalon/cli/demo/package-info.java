/**
 * The demonstration: the main job on real input, through the public HTTP API only.
 *
 * <p>{@code Demo} is the script, one step a method; {@code Clinical} and {@code Coins} are its two projects. Nothing here
 * reaches into the server: what it does, any program with an API key can do.
 */
@NullMarked
package io.etalon.cli.demo;

import org.jspecify.annotations.NullMarked;
