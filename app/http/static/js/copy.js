// @ts-check
/**
 * A button that copies a block of text. Without this file the block is there to be selected; the button stays hidden.
 */

for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!(button instanceof HTMLButtonElement)) continue;
  const block = document.getElementById(button.dataset.copy ?? "");
  const said = document.getElementById(`${button.dataset.copy}-said`);
  if (!(block instanceof HTMLTextAreaElement)) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    block.select();
    try {
      await navigator.clipboard.writeText(block.value);
    } catch {
      return; // not allowed here: the text is selected, and the keyboard copies it
    }
    if (said) said.textContent = button.dataset.copied ?? "";
  });
}
