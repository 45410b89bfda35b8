package io.etalon.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.server.testing.TestServer;
import io.etalon.unruled.UnruledController;
import org.junit.jupiter.api.Test;
import org.springframework.web.context.support.StaticWebApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class RuleCheckTest {

    @Test
    void stopsTheStartAndListsEveryHandlerWithoutAFittingRule() {
        try (var context = new StaticWebApplicationContext()) {
            context.registerSingleton("controller", UnruledController.class);
            context.registerSingleton("mapping", RequestMappingHandlerMapping.class);
            context.refresh();
            var check = new RuleCheck(context.getBeanProvider(RequestMappingHandlerMapping.class));

            assertThatThrownBy(check::afterSingletonsInstantiated)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("withoutRule")
                    .hasMessageContaining("withTwoRules")
                    .hasMessageContaining("belowAClientWithoutMembership")
                    .hasMessageContaining("membershipWithoutAClient")
                    .hasMessageNotContainingAny("withItsRule");
        }
    }

    @Test
    void everyHandlerOfTheServerHasARule() {
        var handlers = Handlers.of(TestServer.shared());
        assertThat(handlers)
                .hasSizeGreaterThan(20)
                .allSatisfy(handler ->
                        assertThat(handler.rule()).as(handler.toString()).isNotNull());
    }
}
