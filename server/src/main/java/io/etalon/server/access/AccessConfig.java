package io.etalon.server.access;

import io.etalon.server.base.ContentOrigin;
import io.etalon.server.base.DataFolders;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.ProjectId;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the interceptor in front of every handler and teaches Spring the arguments of ours. */
@Configuration(proxyBeanMethods = false)
class AccessConfig {
    @Bean
    Passwords passwords() {
        return new Passwords();
    }

    @Bean
    LinkContext linkContext(ContentOrigin origin, DataFolders folders, Ids ids, Clock clock) {
        return new LinkContext(origin, folders, ids, clock);
    }

    @Bean
    WebMvcConfigurer accessMvc(AccessInterceptor interceptor) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(interceptor).order(Integer.MIN_VALUE);
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerArguments());
            }

            @Override
            public void addFormatters(FormatterRegistry registry) {
                // Not a lambda: Spring reads the types from the class.
                registry.addConverter(new Converter<String, ProjectId>() {
                    @Override
                    public ProjectId convert(String text) {
                        try {
                            return new ProjectId(UUID.fromString(text));
                        } catch (IllegalArgumentException e) {
                            throw EtalonException.notFound();
                        }
                    }
                });
            }
        };
    }
}
