-- Has wrk ask several nodes for several sessions. Each of wrk's threads asks one node, walks through its sessions in order,
-- and starts elsewhere than the other threads, so that the nodes serve a session in turn while they are equally fast.
--
-- NODES:    host:port of each node
-- COOKIES:  file for each node: a session's cookie in each line
-- REQUESTS: what is asked for in turn, "with:/path" with the cookie of a session, "without:/path" without one

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

-- All requests are texts before the first is sent: requests[kind][session]
local requests = {}
local cycle = {}
local sessions = 0
local session = 0
local step = 0

function init(args)
  local cookies = {}
  for cookie in io.lines(words("COOKIES")[number % #nodes + 1]) do
    cookies[#cookies + 1] = cookie
  end
  sessions = #cookies
  session = math.floor(number * sessions / #nodes) % sessions
  for _, word in ipairs(words("REQUESTS")) do
    if requests[word] == nil then
      local way, path = string.match(word, "(%a+):(.+)")
      requests[word] = {}
      for i, cookie in ipairs(cookies) do
        requests[word][i] = wrk.format("GET", path, {
          ["Host"] = "localhost",
          ["Cookie"] = way == "with" and cookie or nil,
        })
      end
    end
    cycle[#cycle + 1] = requests[word]
  end
end

function request()
  local text = cycle[step % #cycle + 1][session + 1]
  step = step + 1
  session = session + 1
  if session == sessions then
    session = 0
    step = step + 1 -- else a session could always be asked for the same
  end
  return text
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    "result requests=%d micros=%d connect=%d read=%d write=%d timeout=%d status=%d p50=%.0f p99=%.0f p999=%.0f\n",
    summary.requests, summary.duration, errors.connect, errors.read, errors.write, errors.timeout, errors.status,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
end
