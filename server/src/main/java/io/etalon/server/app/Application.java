package io.etalon.server.app;

import io.etalon.server.base.ContentOrigin;
import io.etalon.server.base.InstallationSecret;
import io.etalon.server.forward.NodePlace;
import io.etalon.server.forward.NodeTls;
import java.net.InetAddress;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.autoconfigure.WebMvcObservationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/**
 * The Spring application: all features below {@code io.etalon.server}, the second connector for task content, and a third one
 * for other servers where there may be some.
 */
@SpringBootConfiguration
@EnableAutoConfiguration(
        exclude = {
            DataSourceAutoConfiguration.class,
            UserDetailsServiceAutoConfiguration.class,
            WebMvcObservationAutoConfiguration.class
        })
@ComponentScan("io.etalon.server")
class Application {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> contentConnector(
            ContentOrigin origin, NodePlace place, InstallationSecret secret) {
        return factory -> {
            var connector = new Connector(TomcatServletWebServerFactory.DEFAULT_PROTOCOL);
            connector.setPort(origin.port());
            var address = factory.getAddress();
            if (address != null) {
                connector.setProperty("address", address.getHostAddress());
            }
            connector.setXpoweredBy(false);
            factory.addAdditionalConnectors(connector);
            if (place.port() != 0) {
                factory.addAdditionalConnectors(nodes(place, secret, factory.getAddress()));
            }
            factory.addContextCustomizers(context -> {
                if (context.getParent() instanceof StandardHost host) {
                    host.setErrorReportValveClass(UnreadableRequests.class.getName());
                }
            });
        };
    }

    /** For other servers of the installation alone: who has not their certificate gets no handshake. */
    private static Connector nodes(NodePlace place, InstallationSecret secret, @Nullable InetAddress address) {
        var connector = new Connector(TomcatServletWebServerFactory.DEFAULT_PROTOCOL);
        connector.setPort(place.port());
        if (address != null) {
            connector.setProperty("address", address.getHostAddress());
        }
        connector.setXpoweredBy(false);
        connector.setProperty("SSLEnabled", "true");
        var tls = new NodeTls(secret);
        var host = new SSLHostConfig();
        host.setProtocols("TLSv1.3");
        host.setCertificateVerification("required");
        host.setTrustStore(tls.trusted());
        var certificate = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystore(tls.store());
        certificate.setCertificateKeyAlias(NodeTls.ALIAS);
        certificate.setCertificateKeyPassword(NodeTls.WORD);
        host.addCertificate(certificate);
        connector.addSslHostConfig(host);
        return connector;
    }
}
