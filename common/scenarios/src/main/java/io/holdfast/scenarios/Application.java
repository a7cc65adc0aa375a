package io.holdfast.scenarios;

import java.util.EventListener;

/** One web application on one node: handlers by path, and what configures it. */
public interface Application {
    /** Has {@code handler} answer requests for {@code path}, a path within the application; at any time. */
    Application on(String path, Handler handler);

    /** Sets a setting of Holdfast; takes effect when the application starts. */
    Application set(String setting, String value);

    /** Adds a listener of any kind the Servlet API has; before the application starts. */
    Application listen(EventListener listener);

    /** Has the page at {@code path} answer where a response would have this status; before the application starts. */
    Application errorPage(int status, String path);

    /** Declares the application {@code distributable}, or not; before it starts. */
    Application distributable(boolean distributable);

    /** Adds a user with {@link Logins#PASSWORD} and {@link Logins#ROLE}; before the application starts. */
    Application user(String name);

    /** Adds {@link Logins#USER}, and protects {@link Logins#PROTECTED}; before the application starts. */
    Application logins(Logins.Method method);

    /** Time-out of sessions that are created from now on. */
    Application sessionTimeout(int minutes);

    /** Stops and starts the application, by and by with other settings; its handlers stay. */
    void restart();

    /** Stops the application. */
    void stop();

    /** What a node does now and then: looks for sessions that have ended and for copies it no longer needs. */
    void sweep();

    /** What the manager of the application's sessions tells operators. */
    long count(Figure figure);

    /** How often each attribute was written by two requests that had not seen each other's value, as {@code {name=times}}. */
    String conflictsByAttribute();
}
