// Takes what is selected in a note into the field of the quote. Without this file one copies and pastes.
const note = document.getElementById("note-text");
const field = document.getElementById("text");
const button = document.getElementById("use-selected");
const state = document.getElementById("selected-state");
const tools = document.getElementById("selecting");

// Browsers move no cursor in a field that is read only, so that the keyboard could not select in it.
function letKeysSelect() {
  const whole = note.value;
  note.readOnly = false;
  note.setAttribute("aria-readonly", "true");
  // No keyboard on a touch screen.
  note.inputMode = "none";
  note.addEventListener("beforeinput", (event) => event.preventDefault());
  note.addEventListener("input", () => { note.value = whole; });
}

function use() {
  const words = note.value.slice(note.selectionStart, note.selectionEnd).trim();
  if (!words) {
    state.textContent = "Nothing is selected in the note.";
    return;
  }
  const before = field.value.trim();
  // What stands in the field already is kept; the mark says that something was left out between.
  field.value = before && before !== words ? `${before} … ${words}` : words;
  state.textContent = "What you selected is in the quote.";
  field.focus();
}

// The part with the button is hidden until somebody can use it.
if (note && field && tools) {
  letKeysSelect();
  tools.hidden = false;
  button.addEventListener("click", use);
}
