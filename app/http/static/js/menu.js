// @ts-check
/** The index on the phone: it opens without this file; here it closes when the screen becomes wide or another page is chosen. */

const more = document.getElementById("index-more");
const wide = matchMedia("(min-width: 56.25em)");

function close() {
  if (more?.matches(":popover-open")) more.hidePopover();
}

if (more && "popover" in HTMLElement.prototype) {
  wide.addEventListener("change", close);
  addEventListener("pagehide", close);
}
