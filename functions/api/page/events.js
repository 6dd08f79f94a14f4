/**
 * Server-Sent Events over fetch, because an EventSource cannot send a bearer token.
 * The format is that of https://html.spec.whatwg.org/multipage/server-sent-events.html.
 */

const LONGEST_WAIT = 30_000; // ms

/**
 * Yields the events of `path` as they happen, in batches: all that one answer held. Comes back by itself with
 * `Last-Event-ID`, after the time the server asks for, and stops for good at a 204. `reach(path, options)` fetches;
 * `ready()` may hold the next connection back. Throws what `reach` throws, unless it may pass (no answer, 429, 5xx).
 */
export async function* follow(path, { reach, signal, ready = async () => {} }) {
  const connection = { lastId: "", retry: 3000 };
  for (let failures = 0; ;) {
    await ready();
    const batch = [];
    try {
      const headers = connection.lastId ? { "Last-Event-ID": connection.lastId } : {};
      const answer = await reach(path, { headers, signal });
      if (answer.status === 204) return;
      for await (const event of parse(answer.body, connection)) batch.push(event);
      failures = 0;
    } catch (error) {
      if (!mayPass(error)) throw error;
      failures += 1;
    }
    if (batch.length) yield batch;
    await pause(Math.min(connection.retry * 2 ** failures, LONGEST_WAIT), signal);
  }
}

/** The events of one answer. Keeps `lastId` and `retry` (ms) of `connection` up to date, as the standard says. */
export async function* parse(stream, connection) {
  let type = "";
  let data = [];
  let lastId = connection.lastId;
  for await (const line of lines(stream)) {
    const [, field, value] = /^([^:]*)(?:: ?)?(.*)$/s.exec(line);
    if (line === "") {
      connection.lastId = lastId;
      if (data.length) yield { type: type || "message", data: data.join("\n"), id: lastId };
      [type, data] = ["", []];
    } else if (field === "data") data.push(value);
    else if (field === "event") type = value;
    else if (field === "id" && !value.includes("\0")) lastId = value;
    else if (field === "retry" && /^\d+$/.test(value)) connection.retry = Number(value);
  }
}

/** Lines end with CR, LF or both; what is unfinished at the end of the stream is dropped, as the standard says. */
async function* lines(stream) {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (let ended = false; !ended;) {
    const { done, value } = await reader.read();
    ended = done;
    rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
    // A CR that comes last may be half of a CRLF: it waits for what follows.
    const parts = rest.split(done ? /\r\n|\n|\r/ : /\r\n|\n|\r(?!$)/);
    rest = parts.pop();
    yield* parts;
  }
}

function mayPass(error) {
  return error instanceof TypeError || error.status === 0 || error.status === 429 || error.status >= 500;
}

function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    const stop = () => (clearTimeout(timer), reject(signal.reason));
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}
