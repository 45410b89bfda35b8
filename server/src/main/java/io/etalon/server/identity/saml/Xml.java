package io.etalon.server.identity.saml;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** XML without document types, entities, or anything fetched; and its elements by name, direct children alone. */
final class Xml {
    static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
    static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
    static final String SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";
    private static final int DEEPEST = 40;

    /** Says nothing to the server's standard error. */
    private static final ErrorHandler QUIET = new ErrorHandler() {
        @Override
        public void warning(SAXParseException e) {}

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    };

    private Xml() {}

    static Document parse(byte[] bytes) throws BadAnswer {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            factory.setNamespaceAware(true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(QUIET);
            var document = builder.parse(new ByteArrayInputStream(bytes));
            requireShallow(document.getDocumentElement(), 0);
            return document;
        } catch (SAXException | IOException e) {
            throw new BadAnswer("no XML, or XML with a document type");
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the platform's parser has these features", e);
        }
    }

    private static void requireShallow(Node node, int depth) throws BadAnswer {
        if (depth > DEEPEST) {
            throw new BadAnswer("nested too deeply");
        }
        for (var child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            requireShallow(child, depth + 1);
        }
    }

    static boolean is(@Nullable Node node, String namespace, String name) {
        return node instanceof Element element
                && namespace.equals(element.getNamespaceURI())
                && name.equals(element.getLocalName());
    }

    static List<Element> children(Element of, String namespace, String name) {
        var found = new ArrayList<Element>();
        for (var child = of.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (is(child, namespace, name)) {
                found.add((Element) child);
            }
        }
        return found;
    }

    /** The one child of this name. */
    static Element only(Element of, String namespace, String name) throws BadAnswer {
        var found = children(of, namespace, name);
        if (found.size() != 1) {
            throw new BadAnswer(found.size() + " elements " + name);
        }
        return found.getFirst();
    }

    static String text(Element element) {
        return element.getTextContent().strip();
    }

    /** How many elements of the whole document bear this id, in any of the ways that ids are written. */
    static int bearers(Element from, String id) {
        var count = 0;
        for (var name : List.of("ID", "Id", "id", "AssertionID", "xml:id")) {
            if (id.equals(from.getAttribute(name))) {
                count++;
                break;
            }
        }
        for (var child = from.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                count += bearers(element, id);
            }
        }
        return count;
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
