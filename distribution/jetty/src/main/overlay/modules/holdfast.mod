[description]
Puts Holdfast on the server's class path, and has session ids made in its form.
Enough for web applications that configure it themselves, in their
WEB-INF/jetty-ee10-web.xml. For all of a server, enable session-store-holdfast.

[tags]
session

[depends]
sessions

[lib]
lib/holdfast/*.jar

[xml]
etc/sessions/holdfast/id-manager.xml

[ini]
## Web applications see of it only what they may implement.
jetty.webapp.addHiddenClasses+=,${jetty.base.uri}/lib/holdfast/,-io.holdfast.merge.
## Seconds between two looks for ended sessions, so that listeners hear in time. Jetty's default of 600 is more than Redis keeps these.
jetty.sessionScavengeInterval.seconds?=60
