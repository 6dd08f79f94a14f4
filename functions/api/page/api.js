/** The HTTP API, and the bearer token it wants. The token lives in this tab's sessionStorage and nowhere else. */

const KEY = "rushes.token";

export const session = {
  get token() {
    return sessionStorage.getItem(KEY);
  },
  begin(token) {
    sessionStorage.setItem(KEY, token);
  },
  end(reason = "") {
    sessionStorage.removeItem(KEY);
    window.dispatchEvent(new CustomEvent("signed-out", { detail: reason }));
  },
};

/** The studio said no, or could not be reached (`status` 0). Its message is a sentence for a person. */
export class Refusal extends Error {
  constructor(status, code, message, details = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** Answers with `{data, meta}`; `data` is null after a deletion. Throws `Refusal`. */
export async function call(method, path, { body, headers = {}, signal } = {}) {
  const sent =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  const answer = await reach(path, { method, signal, ...sent, headers: { ...sent.headers, ...headers } });
  return answer.status === 204 ? { data: null, meta: {} } : answer.json();
}

/** A checked answer of the API, with the token sent along. Throws `Refusal`; a 401 also ends the session. */
export async function reach(path, { headers = {}, ...more } = {}) {
  const token = session.token;
  let answer;
  try {
    answer = await fetch(`/v1/${path}`, {
      ...more,
      cache: "no-store",
      headers: { ...headers, Authorization: `Bearer ${token}` },
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refusal(0, "UNREACHABLE", "The studio cannot be reached just now.");
  }
  if (answer.ok) return answer;
  if (answer.status === 401 && token === session.token)
    session.end("The studio does not accept this token, or no longer. Sign in again.");
  throw await refusal(answer);
}

async function refusal(answer) {
  const told = await answer.json().catch(() => ({}));
  const message = told.error?.message ?? told.message ?? `The studio answered HTTP ${answer.status}.`;
  const code = told.error?.code ?? `HTTP_${answer.status}`;
  return new Refusal(answer.status, code, sentence(message), told.error?.details);
}

function sentence(message) {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
