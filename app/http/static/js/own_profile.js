// @ts-check
/**
 * One's own profile: a photo is made smaller before it travels, and a name is recorded here. Without this file a file is chosen
 * for each and sent as it is; the server looks at both anew in either case.
 */

/** @param {HTMLInputElement} field @param {File} file */
function put(field, file) {
  const chosen = new DataTransfer();
  chosen.items.add(file);
  field.files = chosen.files;
}

/** @param {File} file @param {number} longest */
async function smaller(file, longest) {
  const picture = await createImageBitmap(file);
  const share = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * share);
  canvas.height = Math.round(picture.height * share);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  /** @type {Blob | null} */
  const drawn = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
  return drawn && drawn.size < file.size ? new File([drawn], "photo.jpg", { type: "image/jpeg" }) : file;
}

for (const field of document.querySelectorAll("input[data-shrinks]")) {
  if (!(field instanceof HTMLInputElement)) continue;
  field.addEventListener("change", async () => {
    const file = field.files?.[0];
    if (!file) return;
    try {
      put(field, await smaller(file, Number(field.dataset.shrinks)));
    } catch {
      // No picture that this browser can draw: it goes as it is, and the server says what is wrong.
    }
  });
}

/** @param {HTMLElement} row */
function offerRecording(row) {
  const field = document.getElementById(row.dataset.record ?? "");
  const button = row.querySelector("button");
  const said = row.querySelector("[role=status]");
  if (!(field instanceof HTMLInputElement) || !button || !(said instanceof HTMLElement)) return;
  /** @type {MediaRecorder | null} */
  let recorder = null;
  row.hidden = false;

  /** @param {MediaStream} stream */
  const record = (stream) => {
    /** @type {Blob[]} */
    const parts = [];
    recorder = new MediaRecorder(stream, { audioBitsPerSecond: 48_000 });
    const running = recorder;
    const last = setTimeout(() => running.state === "recording" && running.stop(), Number(row.dataset.most) * 1000);
    running.addEventListener("dataavailable", (event) => parts.push(event.data));
    running.addEventListener("stop", () => {
      clearTimeout(last);
      recorder = null;
      for (const track of stream.getTracks()) track.stop();
      put(field, new File(parts, "name", { type: running.mimeType }));
      button.textContent = button.dataset.start ?? "";
      said.textContent = said.dataset.done ?? "";
    });
    running.start();
    button.textContent = button.dataset.stop ?? "";
    said.textContent = said.dataset.running ?? "";
  };

  button.addEventListener("click", async () => {
    if (recorder) {
      recorder.stop();
      return;
    }
    try {
      record(await navigator.mediaDevices.getUserMedia({ audio: true }));
    } catch {
      said.textContent = said.dataset.refused ?? "";
    }
  });
}

if (isSecureContext && "MediaRecorder" in globalThis && navigator.mediaDevices) {
  for (const row of document.querySelectorAll("[data-record]")) {
    if (row instanceof HTMLElement) offerRecording(row);
  }
}
