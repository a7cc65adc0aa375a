[description]
Enables web applications to keep their sessions in Redis by their own XML.
For all web applications of a server, enable session-store-holdfast.

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
