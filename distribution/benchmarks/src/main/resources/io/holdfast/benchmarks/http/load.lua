-- Has wrk ask several nodes for several sessions. Each of wrk's threads asks one node, walks through its sessions in order,
-- and starts elsewhere than the other threads, so that the nodes serve a session in turn while they are equally fast.
--
-- NODES:    host:port of each node
-- COOKIES:  file for each node: a session's cookie in each line
-- REQUESTS: what is asked for in turn:
--           "any:/path"  with the cookie of the session whose turn it is
--           "none:/path" without one
--           "own:/path"  with the cookie of a session that no other request of this thread uses at the time: one of the file, or one
--                        that an answer has set
-- CREATE:   the path that is asked for, without a cookie, instead of "own:/path" while there is no such session

local function words(name)
  local result = {}
  for word in string.gmatch(os.getenv(name), "%S+") do
    result[#result + 1] = word
  end
  return result
end

local nodes = words("NODES")
local threads = 0

function setup(thread)
  local host, port = string.match(nodes[threads % #nodes + 1], "([^:]+):(%d+)")
  thread.addr = wrk.lookup(host, port)[1]
  thread:set("number", threads)
  threads = threads + 1
end

local function text(path, cookie)
  local header = cookie and "Cookie: " .. cookie .. "\r\n" or ""
  return "GET " .. path .. " HTTP/1.1\r\nHost: localhost\r\n" .. header .. "\r\n"
end

-- What is asked for in turn: functions that return the text of a request
local cycle = {}
local step = 0
local cookies = {}

-- Where in its sessions a thread begins; how many of this walk it has asked for; by how many later walks begin further on.
local start = 0
local walked = 0
local shift = 0
local session = 0

-- Cookies of sessions that no request uses now: first in, first out
local free = {}
local first = 1
local last = 0

local function put(cookie)
  last = last + 1
  free[last] = cookie
end

local function take()
  if first > last then
    return nil
  end
  local cookie = free[first]
  free[first] = nil
  first = first + 1
  return cookie
end

local ways = {}

-- All texts are there before the first is sent.
function ways.any(path)
  local texts = {}
  for i, cookie in ipairs(cookies) do
    texts[i] = text(path, cookie)
  end
  return function() return texts[session + 1] end
end

function ways.none(path)
  local same = text(path, nil)
  return function() return same end
end

function ways.own(path)
  local create = text(os.getenv("CREATE"), nil)
  for _, cookie in ipairs(cookies) do
    put(cookie)
  end
  -- Only here: wrk is slower while it looks at what is in answers.
  function response(status, headers, body)
    for name, value in pairs(headers) do
      local cookie = string.lower(name) == "set-cookie" and string.match(value, "^[^=;]+=[^;]+")
      if cookie then -- none if the session has ended: its value is empty
        put(cookie)
      end
    end
  end
  return function()
    local cookie = take()
    return cookie and text(path, cookie) or create
  end
end

function init(args)
  for cookie in io.lines(words("COOKIES")[number % #nodes + 1]) do
    cookies[#cookies + 1] = cookie
  end
  start = math.floor(number * #cookies / #nodes) % math.max(1, #cookies)
  session = start
  local made = {}
  for _, word in ipairs(words("REQUESTS")) do
    if made[word] == nil then
      local way, path = string.match(word, "(%a+):(.+)")
      made[word] = ways[way](path)
    end
    cycle[#cycle + 1] = made[word]
  end
end

function request()
  local result = cycle[step % #cycle + 1]()
  step = step + 1
  walked = walked + 1
  if walked >= #cookies then
    walked = 0
    if #cycle > 1 and step % #cycle == 0 then
      shift = shift + 1 -- else a session could always be asked for the same
    end
  end
  session = (start + walked + shift) % math.max(1, #cookies)
  return result
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    "result requests=%d micros=%d connect=%d read=%d write=%d timeout=%d status=%d p50=%.0f p99=%.0f p999=%.0f\n",
    summary.requests, summary.duration, errors.connect, errors.read, errors.write, errors.timeout, errors.status,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
end
