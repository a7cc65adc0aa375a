package io.holdfast.codec;

import io.holdfast.config.ClassPatterns.ClassPattern;
import java.util.List;

/**
 * Classes with which published attacks turn the reading of stored objects into the running of foreign code, the loading of
 * classes from elsewhere, or the writing of files. No session needs them. Sources: the payloads of ysoserial and marshalsec,
 * and the block lists of Jackson and Spring.
 *
 * <p>Not here, because real sessions hold them, though they serve as steps of an attack: ordinary collections, JSON objects of
 * several libraries, Vaadin's and JSF's properties, Spring's proxies, Weld's interceptors. Without a class of this list, or one that an application
 * brings itself, they lead nowhere. A {@code classFilter} that ends with {@code !*} refuses them too.
 */
final class KnownGadgets {
    private static final List<ClassPattern> PATTERNS = List.of(
                    // JDK
                    "com.sun.corba.**",
                    "com.sun.jndi.**",
                    "com.sun.org.apache.bcel.**",
                    "com.sun.org.apache.xalan.**",
                    "com.sun.org.apache.xpath.**",
                    "com.sun.rowset.JdbcRowSetImpl",
                    "java.beans.EventHandler",
                    "java.lang.ProcessBuilder",
                    "java.rmi.MarshalledObject",
                    "java.rmi.registry.**",
                    "java.rmi.server.**",
                    "java.security.SignedObject",
                    "java.util.ServiceLoader*",
                    "javax.imageio.ImageIO$*",
                    "javax.imageio.spi.**",
                    "javax.management.BadAttributeValueExpException",
                    "javax.management.loading.**",
                    "javax.management.remote.**",
                    "javax.naming.InitialContext",
                    "javax.naming.ldap.Rdn$*",
                    "javax.naming.spi.**",
                    "javax.script.**",
                    "javax.swing.UIDefaults*",
                    "javax.swing.plaf.**",
                    "jdk.nashorn.**",
                    "sun.print.**",
                    "sun.reflect.annotation.AnnotationInvocationHandler",
                    "sun.rmi.**",
                    "sun.swing.**",
                    // Libraries
                    "bsh.**",
                    "ch.qos.logback.core.db.**",
                    "ch.qos.logback.core.net.**",
                    "clojure.core$*",
                    "clojure.inspector.**",
                    "com.caucho.naming.**",
                    "com.fasterxml.jackson.databind.node.POJONode",
                    "com.mchange.v2.c3p0.**",
                    "com.mchange.v2.naming.**",
                    "com.rometools.rome.feed.impl.**",
                    "com.sun.syndication.feed.impl.**",
                    "com.zaxxer.hikari.**",
                    "groovy.util.Expando",
                    "oracle.jdbc.pool.**",
                    "oracle.jdbc.rowset.**",
                    "org.apache.bcel.**",
                    "org.apache.commons.beanutils.BeanComparator",
                    "org.apache.commons.beanutils2.BeanComparator",
                    "org.apache.commons.collections.comparators.TransformingComparator",
                    "org.apache.commons.collections.functors.**",
                    "org.apache.commons.collections4.comparators.TransformingComparator",
                    "org.apache.commons.collections4.functors.**",
                    "org.apache.commons.configuration.JNDIConfiguration",
                    "org.apache.commons.configuration2.JNDIConfiguration",
                    "org.apache.commons.dbcp.**",
                    "org.apache.commons.dbcp2.**",
                    "org.apache.commons.fileupload.disk.DiskFileItem",
                    "org.apache.commons.fileupload2.core.DiskFileItem",
                    "org.apache.ibatis.datasource.**",
                    "org.apache.tomcat.dbcp.**",
                    "org.apache.wicket.util.upload.DiskFileItem",
                    "org.apache.xalan.**",
                    "org.apache.xbean.naming.**",
                    "org.aspectj.weaver.**",
                    "org.codehaus.groovy.runtime.ConvertedClosure",
                    "org.codehaus.groovy.runtime.MethodClosure",
                    "org.hibernate.jmx.**",
                    "org.mozilla.javascript.MemberBox",
                    "org.mozilla.javascript.NativeError",
                    "org.mozilla.javascript.NativeJava*",
                    "org.python.core.PyBytecode",
                    "org.python.core.PyFunction",
                    "org.python.core.PyMethod",
                    "org.quartz.utils.JNDIConnectionProvider",
                    "org.springframework.beans.factory.config.MethodInvokingFactoryBean",
                    "org.springframework.beans.factory.config.PropertyPathFactoryBean",
                    "org.springframework.beans.factory.support.AutowireUtils$*",
                    "org.springframework.context.support.ClassPathXmlApplicationContext",
                    "org.springframework.context.support.FileSystemXmlApplicationContext",
                    "org.springframework.core.SerializableTypeWrapper*",
                    "org.springframework.jndi.**",
                    "org.springframework.transaction.jta.**")
            .stream()
            .map(text -> new ClassPattern(false, text))
            .toList();

    private KnownGadgets() {}

    static List<ClassPattern> patterns() {
        return PATTERNS;
    }
}
