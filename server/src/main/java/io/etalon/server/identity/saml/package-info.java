/**
 * SAML 2 as a service provider speaks it: requests, metadata, and the one check of answers. Pure: no database, no network, XML
 * without document types, the platform's own XML signatures in secure validation. What a signature covers is parsed anew from
 * the very bytes that were digested, and nothing else of a document is believed, so that wrapped assertions carry nothing.
 * Imports nothing of the server but {@code base}.
 */
@NullMarked
package io.etalon.server.identity.saml;

import org.jspecify.annotations.NullMarked;
