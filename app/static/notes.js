// Saves notes while somebody writes, and keeps in the browser what is not saved yet. The page works without it.
const PREFIX = "notes:"; // start.js removes all that begins so when somebody signs out.
const LEAST_WAIT = 3000, MOST_WAIT = 30000, NO_ANSWER = 20000;
const KEPT = "Kept in this browser.";

const form = document.getElementById("notes");
const field = form.elements.namedItem("text");
const state = document.getElementById("note-state"), when = document.getElementById("note-when");
const live = form.dataset.live === "yes";
const ours = `${PREFIX}${form.dataset.person}:${form.dataset.record}:`;
const key = ours + tab();

let saved = field.defaultValue;
let unanswered = []; // What was sent without an answer; the service may have saved it all the same.
let busy = false, stopped = !live, dirty = false, kept = true, refused = null, at = "";
let timer = 0, wait = LEAST_WAIT, afterwards = null;

function tab() {
  try {
    sessionStorage.notesTab ||= Math.random().toString(36).slice(2);
    return sessionStorage.notesTab;
  } catch {
    return "only";
  }
}

const same = (one, other) => one.replace(/\r\n?/g, "\n").trim() === other.replace(/\r\n?/g, "\n").trim();

function drafts() {
  const found = [];
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(ours)) found.push({ name, ...JSON.parse(localStorage[name]) });
    }
  } catch {
    // A browser that keeps nothing has no drafts.
  }
  return found.sort((one, other) => other.moment - one.moment);
}

function keep(more = {}) {
  const draft = { text: field.value, moment: Date.now(), code: form.dataset.code, address: location.pathname, ...more };
  try {
    localStorage[key] = JSON.stringify(draft);
    kept = true;
  } catch {
    kept = false;
  }
}

function forget(name = key) {
  try {
    localStorage.removeItem(name);
  } catch {
    // Nothing was kept.
  }
}

// Only the state itself is announced, and only when it becomes another; the time beside it is not.
function show(words, more = "") {
  if (!state) return;
  if (state.textContent !== words) state.textContent = words;
  when.textContent = more;
}

function notSaved(why) {
  show(`Not saved yet: ${why}.`, kept ? KEPT : "This browser cannot keep it: leave this page open.");
}

function later() {
  if (!timer && !stopped) timer = setTimeout(save, wait);
}

async function save() {
  clearTimeout(timer);
  timer = 0;
  if (busy || stopped || field.value === saved || field.value === refused) return;
  busy = true;
  const sending = field.value, began = performance.now();
  const body = new URLSearchParams({ text: sending, revision: form.elements.namedItem("revision").value });
  const headers = { "x-form-token": form.elements.namedItem("form-token").value };
  let answer = null, told = {};
  try {
    answer = await fetch(form.dataset.autosave, {
      method: "POST", body, headers, redirect: "manual", signal: AbortSignal.timeout(NO_ANSWER),
      // The page may be on its way out. Browsers let only short requests outlive it.
      keepalive: document.visibilityState === "hidden" && sending.length < 15000,
    });
    if (answer.headers.get("content-type")?.startsWith("application/json")) told = await answer.json();
  } catch {
    answer = null;
  }
  busy = false;
  heard(answer, told, sending, performance.now() - began);
  if (afterwards) {
    const next = afterwards;
    afterwards = null;
    next();
  }
}

function heard(answer, told, sending, took) {
  if (told.state === "saved") {
    wait = Math.min(Math.max(LEAST_WAIT, 10 * took), MOST_WAIT);
    settle(sending, told.revision);
    at = told.at;
    stayed(told.until);
    show("Saved", at);
    if (field.value !== sending) changed();
  } else if (told.state === "clash" && unanswered.some((one) => same(one, told.text))) {
    // It was our own text, whose answer was lost on the way.
    settle(told.text, told.revision);
    later();
  } else if (told.state === "clash") {
    stopped = true;
    show(`${told.message}.`, `Nothing is lost. Select Save to see both texts. ${KEPT}`);
  } else if (told.state) {
    refused = sending;
    show(`${told.message}.`, told.state === "check" ? `Select Save to see what. ${KEPT}` : KEPT);
  } else {
    if (!unanswered.includes(sending)) unanswered = [...unanswered.slice(-2), sending];
    keep();
    if (answer === null) notSaved("no connection");
    else if (answer.type === "opaqueredirect" || answer.status === 401) notSaved("you are signed out");
    else if (answer.status === 403) notSaved("load this page again");
    else if (answer.status === 404 || answer.status === 410) notSaved("this record is not there any more");
    else notSaved("the service did not take it");
    wait = Math.min(2 * wait, MOST_WAIT);
    later();
  }
}

// Saving keeps somebody signed in: what the page says of that goes on from now.
function stayed(until) {
  for (const part of document.querySelectorAll(".app-session__part, .app-who")) {
    for (const words of part.childNodes) {
      if (words.nodeType === Node.TEXT_NODE) {
        words.data = words.data.replace(`signed out at ${form.dataset.until}`, `signed out at ${until}`);
      }
    }
    for (const movement of part.getAnimations()) movement.currentTime = 0;
  }
  form.dataset.until = until;
}

function settle(text, revision) {
  saved = text;
  refused = null;
  unanswered = [];
  form.elements.namedItem("revision").value = revision;
  dirty = !same(field.value, saved);
  if (dirty) keep();
  else forget();
}

function changed() {
  dirty = field.value !== saved;
  if (dirty) keep();
  else forget();
  if (!live || stopped) return;
  if (state.textContent === "Saved") show("Saved", `${at}. What you wrote since is kept in this browser.`);
  else if (!navigator.onLine) notSaved("no connection");
  later();
}

// ------------------------------------------------------------------------------------ notes that the browser kept

function offer(draft) {
  const panel = document.getElementById("kept-draft");
  const moment = new Date(draft.moment), clock = { hour: "numeric", minute: "2-digit", hour12: true };
  const day = moment.toLocaleDateString("en-GB", { dateStyle: "long" });
  const time = `${day} at ${moment.toLocaleTimeString("en-GB", clock).replace(/\s/g, "")}`;
  document.getElementById("kept-draft-when").textContent = ` from ${time}`;
  document.getElementById("kept-draft-text").textContent = draft.text;
  panel.hidden = false;
  form.hidden = true;
  stopped = true;
  document.getElementById("kept-draft-heading").focus();
  panel.onclick = (event) => {
    const choice = event.target.dataset?.choose;
    if (!choice) return;
    forget(draft.name);
    if (choice === "kept") field.value = draft.text;
    if (choice === "both") field.value = `${field.value.trim()}\n\n${draft.text.trim()}\n`;
    panel.hidden = true;
    form.hidden = false;
    stopped = false;
    if (!same(field.value, saved)) changed();
    if (!offerNext()) {
      field.focus();
      save();
    }
  };
}

function offerNext() {
  const [draft] = drafts().filter((one) => !same(one.text, field.value));
  if (draft) offer(draft);
  return Boolean(draft);
}

function begin() {
  const address = new URL(location.href), sent = address.searchParams.get("sent");
  for (const draft of drafts()) {
    if (same(draft.text, field.value) || (sent && draft.submitted === sent)) forget(draft.name);
  }
  if (sent) {
    address.searchParams.delete("sent");
    history.replaceState(null, "", address);
  }
  at = when?.textContent ?? "";
  if (live) offerNext();
  else keep();
}

// -------------------------------------------------------------------------------------------------- what happens

field.addEventListener("input", changed);
addEventListener("online", save);
addEventListener("offline", () => {
  if (dirty && live && !stopped) notSaved("no connection");
});
document.addEventListener("visibilitychange", save);
addEventListener("beforeunload", (event) => {
  if (dirty && !kept && afterwards === null) event.preventDefault();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "s" && (event.ctrlKey || event.metaKey) && live) {
    event.preventDefault();
    save();
  }
});

let triedBeforeSignOut = false;
document.addEventListener(
  "submit",
  (event) => {
    const again = () => event.target.requestSubmit(event.submitter);
    const own = event.target === form;
    if (own && !navigator.onLine) {
      event.preventDefault();
      keep();
      notSaved("no connection");
    } else if (busy && (own || !triedBeforeSignOut)) {
      hold(event, again);
    } else if (own) {
      const name = crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}`;
      form.elements.namedItem("draft").value = name;
      keep({ submitted: name });
      stopped = true;
    } else if (live && dirty && !stopped && !triedBeforeSignOut) {
      // Whoever signs out with the last words not saved yet has them saved first.
      hold(event, again);
      refused = null;
      save();
    }
  },
  true,
);

function hold(event, again) {
  event.preventDefault();
  event.stopImmediatePropagation();
  afterwards = () => {
    triedBeforeSignOut = true;
    again();
  };
}

document.getElementById("leave-mine")?.addEventListener("click", () => forget());
begin();
