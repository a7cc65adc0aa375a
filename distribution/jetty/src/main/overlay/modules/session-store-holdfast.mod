[description]
Keeps the sessions of all web applications in Redis, and loses no update.
Needs jetty.session.holdfast.redisUri.

[tags]
session

[provides]
session-store
session-cache

[depends]
holdfast

[xml]
etc/sessions/holdfast/session-store.xml
etc/sessions/holdfast/settings.xml

[ini-template]
## The Redis that holds the sessions; the same for all nodes.
## Takes redis://[[user:]password@]host[:port][/database] or rediss://… for TLS. Default: none, must
## be set.
# jetty.session.holdfast.redisUri=

## Keeps applications apart that share a Redis: the second part of every key. By default host and
## context name, e.g. `localhost/shop`. All nodes of one application need the same.
## Takes 1 to 100 of A-Z a-z 0-9 . _ - / :. Default: host/context.
# jetty.session.holdfast.namespace=

## Milliseconds a request waits for one answer of Redis before it ends with 503.
## Takes 10 to 60000. Default: 2000.
# jetty.session.holdfast.commandTimeoutMillis=2000

## A node notes in Redis that a session is in use at most once in so many seconds, or in a twentieth
## of the session's time-out if that is shorter. A session may end that much later than its time-out
## says, never earlier.
## Takes 1 to 3600. Default: 30.
# jetty.session.holdfast.touchIntervalSeconds=30

## Seconds an ended session waits in Redis for a node that tells the listeners; then Redis drops it.
## Longer than all nodes are ever down together.
## Takes 10 to 86400. Default: 300.
# jetty.session.holdfast.expiryGraceSeconds=300

## Each node looks for sessions that have ended once in about so many seconds; the first that does
## tells the listeners. At most half of expiryGraceSeconds. See docs/expiry.md.
## Takes 1 to 3600. Default: 10.
# jetty.session.holdfast.reaperIntervalSeconds=10

## Connections that commits share. Each session always uses the same one, on which the commits of
## several that wait go together: more connections take more processor time, and may be quicker
## where Redis is far away.
## Takes 1 to 64. Default: 1.
# jetty.session.holdfast.commitLanes=1

## How often a commit that another node overtook is tried again before the request ends with 503.
## Takes 1 to 1000. Default: 32.
# jetty.session.holdfast.commitAttempts=32

## Of a session of at least this size a node fetches only what others have changed since it last
## did. A smaller one is simply fetched again.
## Takes 0 to 1073741824. Default: 32768.
# jetty.session.holdfast.largeSessionBytes=32768

## A node keeps copies of so many sessions between requests, to spare the decoding; then those used
## longest ago are dropped. Sessions with values that cannot be stored are kept in any case, until
## they end.
## Takes 0 to 10000000. Default: 10000.
# jetty.session.holdfast.localCopies=10000

## Likewise, when all copies together hold more of Redis than that. In the heap, a session in use
## takes several times as much.
## Takes 0 to 1000000. Default: 64.
# jetty.session.holdfast.localCopiesMegabytes=64

## A copy that no request has used for so many seconds is dropped.
## Takes 1 to 86400. Default: 600.
# jetty.session.holdfast.localCopyIdleSeconds=600

## What becomes of an attribute that two requests wrote without having seen each other's value:
## `merge` (where that cannot be done, the last write wins), `last-write-wins`, `first-write-wins`,
## or `fail`, which fails the later request. A policy alone is for all attributes, `pattern=policy`
## for those whose whole name matches the regular expression; the first that matches decides, e.g.
## `merge; cart=fail; csrf.*=first-write-wins`. See docs/concurrency.md.
## Takes policies and pattern=policy, separated by semicolons. Default: merge.
# jetty.session.holdfast.conflictPolicy=merge

## HTTP status of a request whose commit fails by the policy `fail`, or that has lost its lease
## (`exclusive`).
## Takes 409 or 503. Default: 409.
# jetty.session.holdfast.conflictStatus=409

## Classes of the application that merge values of its own types, besides those it names in
## `META-INF/services/io.holdfast.merge.AttributeMerger`. See docs/concurrency.md.
## Takes class names, separated by ,. Default: none.
# jetty.session.holdfast.attributeMergers=

## About so many conflicts are kept, for operators, in the Redis stream
## `holdfast:NAMESPACE:conflicts`; 0: none.
## Takes 0 to 1000000. Default: 10000.
# jetty.session.holdfast.conflictJournalEntries=10000

## Which requests of one session run one after the other, on all nodes together: none, all that use
## their session, or those whose whole path, with the context path, matches, e.g.
## `pattern:/shop/cart/.*`. For code such as `set(get() + 1)` that nobody may touch. See
## docs/concurrency.md.
## Takes none, session or pattern:regular expression. Default: none.
# jetty.session.holdfast.exclusive=none

## Milliseconds an exclusive request waits for others of its session, in all, before it ends with
## 503.
## Takes 0 to 600000. Default: 30000.
# jetty.session.holdfast.exclusiveWaitMillis=30000

## Milliseconds after which an exclusive request's session is free again if its node dies. A node
## that lives renews it every third of that time. Longer than a node ever pauses, e.g. to collect
## garbage: a request that has lost its lease stores nothing.
## Takes 500 to 600000. Default: 10000.
# jetty.session.holdfast.exclusiveLeaseMillis=10000

## The node's name where conflicts are told. Each node has its own.
## Takes 1 to 40 of A-Z a-z 0-9 . _ - :. Default: host name and process id.
# jetty.session.holdfast.nodeName=

## Classes that may be stored in and read from attributes, e.g. `com.acme.**;!*` for those of one
## company and the JDK's data types. `!` refuses; the first pattern that matches decides. Known
## gadget classes are refused unless a pattern names them exactly. See docs/serialization.md.
## Takes class patterns of jdk.serialFilter, separated by semicolons. Default: all classes but known
## gadgets.
# jetty.session.holdfast.classFilter=

## Where the keys are with which attributes are encrypted (AES-256-GCM): lines of `id=key`, a key
## being 32 bytes in Base64. The first key writes, all of them read. See docs/serialization.md.
## Takes file:/path or env:NAME. Default: none, not encrypted.
# jetty.session.holdfast.encryptionKeys=

## Whether attributes that are not encrypted are read although there are keys; for the time of
## switching encryption on.
## Takes false or true. Default: false.
# jetty.session.holdfast.acceptUnencrypted=false

## Attributes whose encoded form has at least so many bytes are compressed, if that saves a tenth or
## more; 0: none.
## Takes 0 to 1073741824. Default: 4096.
# jetty.session.holdfast.compressionThresholdBytes=4096

## An attribute whose encoded form is longer, before compression, is not stored, and not read.
## Takes 1024 to 524288000. Default: 67108864.
# jetty.session.holdfast.maxAttributeBytes=67108864

## An attribute with more objects nested in each other, such as a linked list of an application's
## own, is not stored, and not read.
## Takes 100 to 100000. Default: 10000.
# jetty.session.holdfast.maxAttributeDepth=10000

## What getAttribute does for an attribute that cannot be decoded: give null, or throw an exception
## that names it. Its bytes stay in Redis in any case, until it is set or removed.
## Takes null or throw. Default: null.
# jetty.session.holdfast.unreadableAttribute=null

## What becomes of an attribute that cannot be stored: it stays on the node that has set it, with
## one warning for each name and class, or setAttribute throws an IllegalArgumentException.
## Takes local or reject. Default: local.
# jetty.session.holdfast.nonSerializableAttribute=local
