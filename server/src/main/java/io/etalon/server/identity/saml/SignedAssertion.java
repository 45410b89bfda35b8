package io.etalon.server.identity.saml;

import java.io.IOException;
import java.security.PublicKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.w3c.dom.Element;

/**
 * From an assertion in a document to what its signature covers. The signature must be the assertion's own child, refer to the
 * assertion by an id that nothing else bears, transform it by nothing but the two usual transforms, and be made by a pinned
 * key with a listed algorithm; keys that the document itself brings are not looked at. What is returned is parsed from the
 * bytes that were digested: whatever else the document holds, or hides in comments, is not in it.
 */
final class SignedAssertion {
    private static final String EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
    private static final String INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
    private static final String MORE = "http://www.w3.org/2001/04/xmldsig-more#";
    private static final Set<String> METHODS = Set.of(
            MORE + "rsa-sha256",
            MORE + "rsa-sha384",
            MORE + "rsa-sha512",
            MORE + "ecdsa-sha256",
            MORE + "ecdsa-sha384",
            MORE + "ecdsa-sha512");
    private static final Set<String> DIGESTS = Set.of(
            "http://www.w3.org/2001/04/xmlenc#sha256", MORE + "sha384", "http://www.w3.org/2001/04/xmlenc#sha512");

    private SignedAssertion() {}

    static Element of(Element assertion, List<PublicKey> keys) throws BadAnswer {
        var id = assertion.getAttribute("ID");
        var root = assertion.getOwnerDocument().getDocumentElement();
        if (id.isEmpty() || Xml.bearers(root, id) != 1) {
            throw new BadAnswer("the assertion's id is missing, or not its own");
        }
        var signature = Xml.only(assertion, Xml.SIGNATURE, "Signature");
        for (var key : keys) {
            var bytes = digested(signature, assertion, id, key);
            if (bytes.length > 0) {
                var seen = Xml.parse(bytes).getDocumentElement();
                if (!Xml.is(seen, Xml.ASSERTION, "Assertion") || !id.equals(seen.getAttribute("ID"))) {
                    throw new BadAnswer("the signature covers something else");
                }
                return seen;
            }
        }
        throw new BadAnswer("no pinned key has signed the assertion");
    }

    /** The bytes that this key's signature covers; none when the signature is not this key's. */
    private static byte[] digested(Element element, Element assertion, String id, PublicKey key) throws BadAnswer {
        try {
            var context = new DOMValidateContext(KeySelector.singletonKeySelector(key), element);
            context.setProperty("org.jcp.xml.dsig.secureValidation", Boolean.TRUE);
            context.setProperty("javax.xml.crypto.dsig.cacheReference", Boolean.TRUE);
            context.setIdAttributeNS(assertion, null, "ID");
            var signature = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
            var reference = onlyReference(signature, id);
            if (!signature.validate(context)) {
                return new byte[0];
            }
            try (var in = reference.getDigestInputStream()) {
                return in.readAllBytes();
            }
        } catch (MarshalException | IOException e) {
            throw new BadAnswer("the signature cannot be read");
        } catch (XMLSignatureException e) {
            // A key of another kind than the method's.
            return new byte[0];
        }
    }

    private static Reference onlyReference(XMLSignature signature, String id) throws BadAnswer {
        var info = signature.getSignedInfo();
        var canonical = info.getCanonicalizationMethod().getAlgorithm();
        if (!METHODS.contains(info.getSignatureMethod().getAlgorithm())
                || !canonical.equals(EXCLUSIVE) && !canonical.equals(INCLUSIVE)) {
            throw new BadAnswer("an algorithm that is not taken");
        }
        var references = info.getReferences();
        if (references.size() != 1 || !(references.getFirst() instanceof Reference reference)) {
            throw new BadAnswer("more than one reference");
        }
        if (!("#" + id).equals(reference.getURI())
                || !DIGESTS.contains(reference.getDigestMethod().getAlgorithm())) {
            throw new BadAnswer("a reference to something else, or by a digest that is not taken");
        }
        var transforms = new HashSet<String>();
        for (var one : reference.getTransforms()) {
            transforms.add(one instanceof Transform transform ? transform.getAlgorithm() : "");
        }
        if (reference.getTransforms().size() != 2 || !transforms.equals(Set.of(Transform.ENVELOPED, EXCLUSIVE))) {
            throw new BadAnswer("a transform that is not taken");
        }
        return reference;
    }
}
