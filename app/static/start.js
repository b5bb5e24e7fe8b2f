// Starts GOV.UK Frontend's components, and makes the browser forget notes at sign-out. Every page works without it.
import { initAll } from "./govuk/govuk-frontend.min.js";
initAll();

const KEPT = "notes:"; // As in notes.js.
const SIGN_OUT = "/sign-out";

function kept() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(KEPT));
  } catch {
    return [];
  }
}

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.getAttribute("action") !== SIGN_OUT) return;
  if (kept().length && location.pathname !== SIGN_OUT) {
    // That page says which notes would be lost.
    event.preventDefault();
    location.assign(SIGN_OUT);
    return;
  }
  for (const name of kept()) localStorage.removeItem(name);
});

const unsaved = document.getElementById("unsaved-notes");
if (unsaved && kept().length) {
  const pages = new Map(kept().map((name) => JSON.parse(localStorage[name])).map((one) => [one.address, one.code]));
  for (const [address, code] of pages) {
    const link = document.createElement("a");
    link.className = "govuk-link";
    link.href = address;
    link.textContent = `Notes of record ${code}`;
    const item = document.createElement("li");
    item.append(link);
    unsaved.querySelector("ul").append(item);
  }
  unsaved.hidden = false;
}
