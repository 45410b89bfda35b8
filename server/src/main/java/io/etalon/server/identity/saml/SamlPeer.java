package io.etalon.server.identity.saml;

import java.util.List;

/**
 * An identity provider as a SAML service provider knows it.
 *
 * @param signOnUrl where requests go (HTTP-Redirect binding)
 * @param certificates base64 of DER, without armour: any of them may sign, so that one can follow another without a gap
 * @param emailAttribute the attribute that holds the address; empty for the NameID
 */
public record SamlPeer(String signOnUrl, List<String> certificates, String emailAttribute) {}
