// Takes what is selected in a note into the field of the quote. Without this file one copies and pastes.
const note = document.getElementById("note-text");
const field = document.getElementById("text");
const button = document.getElementById("use-selected");
const state = document.getElementById("selected-state");

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

if (note && field && button && state) {
  button.hidden = false;
  button.addEventListener("click", use);
}
