/**
 * What the server promises when something is wrong: with what comes in, with the disk, with the database, with the start.
 * The real server is broken for real; each test that could pass by accident has a control that fails.
 */
@NullMarked
package io.etalon.server.faults;

import org.jspecify.annotations.NullMarked;
