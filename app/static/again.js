// Looks again at work that goes on, and says how far it is. Without this file one follows the link.
const SECONDS = 5;
// Each look counts as being there: a page that is left open may not keep somebody signed in for ever.
const MOST = 240;
const work = document.querySelector("[data-goes-on]");

async function look(left) {
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("[data-goes-on]");
    // Signed out meanwhile, or a fault: the link on the page leads to what it is.
    if (!answer.ok || answer.redirected) return;
    if (!now) {
      work.replaceChildren(work.querySelector("template").content.cloneNode(true));
      return;
    }
    const [old, far] = [work, now].map((one) => one.querySelector("[data-how-far]"));
    if (old.textContent !== far.textContent) old.textContent = far.textContent;
  } catch {
    // No connection: it is tried again.
  }
  if (left) setTimeout(look, SECONDS * 1000, left - 1);
}

if (work) setTimeout(look, SECONDS * 1000, MOST);
