package io.etalon.server.webhook;

import io.etalon.server.base.DataFolders;
import io.etalon.server.egress.Egress;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How messages leave: within 20 seconds each, of the 15 to 30 that Standard Webhooks asks for. */
@Configuration
class WebhookConfiguration {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Bean
    Egress egress(DataFolders folders) {
        return new Egress(folders.keys().resolve("egress.json"), Egress::system, LIMIT);
    }
}
