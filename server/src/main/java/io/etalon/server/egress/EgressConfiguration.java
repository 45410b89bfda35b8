package io.etalon.server.egress;

import io.etalon.server.base.DataFolders;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Every call within 20 seconds, of the 15 to 30 that Standard Webhooks asks for. */
@Configuration
class EgressConfiguration {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Bean
    Egress egress(DataFolders folders) {
        return new Egress(folders.keys().resolve("egress.json"), Egress::system, LIMIT);
    }
}
