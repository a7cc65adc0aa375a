package com.example.benchmark.spring;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.session.data.redis.config.annotation.web.http.EnableRedisHttpSession;

/** Spring Session with its defaults, but that sessions live as long as web.xml says; the application's parameter {@code redisPort} says where Redis is on this machine. */
@Configuration
@EnableRedisHttpSession(maxInactiveIntervalInSeconds = 24 * 60 * 60)
public class SessionConfiguration {
    /** The driver. */
    @Bean
    public LettuceConnectionFactory redisConnectionFactory(Environment environment) {
        return new LettuceConnectionFactory("127.0.0.1", environment.getRequiredProperty("redisPort", Integer.class));
    }
}
