/**
 * What is computed of vendors: how well each works and by how much two differ, who should get which part of the work, what
 * another policy would have done, and how much hangs on one of them.
 *
 * <p>Pure: numbers in, numbers and sentences out, the same for the same seed on every machine. Knows neither database nor
 * HTTP. Owns no table. Imports nothing of the server.
 */
@NullMarked
package io.etalon.server.vendor.score;

import org.jspecify.annotations.NullMarked;
