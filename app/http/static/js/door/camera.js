// @ts-check
/** Reads a personal code with the camera: by the browser's own detector, or by the packaged one where it has none. */

import { actions, button, heading, make } from "./draw.js";
import { say } from "./words.js";

const EVERY_MS = 120;
const LONGEST_SIDE = 640;

/** Whether this page may ask for the camera. */
export function hasCamera() {
  return globalThis.isSecureContext && Boolean(navigator.mediaDevices?.getUserMedia);
}

/** @param {{hello: string, read: (text: string) => void, back: () => void}} facts @returns {{screen: HTMLElement, stop: () => void}} */
export function cameraScreen({ hello, read, back }) {
  const video = /** @type {HTMLVideoElement} */ (make("video", { class: "camera", autoplay: true, playsinline: true, muted: true, "aria-label": say("camera_picture") }));
  const told = make("p", { class: "tablet-ask", role: "status" }, say("hold_code"));
  const screen = make("div", { class: "tablet-screen tablet-camera" }, heading(hello), told, video, actions(button(say("back"), back, "button-second")));
  const over = new AbortController();
  watch(video, over.signal).then(
    (text) => { if (text !== null) read(text); },
    () => { video.hidden = true; told.textContent = say("no_camera"); },
  );
  return { screen, stop: () => over.abort() };
}

/** The text of the first code that is seen, or null when it was stopped. @param {HTMLVideoElement} video @param {AbortSignal} over */
async function watch(video, over) {
  const wanted = { audio: false, video: { facingMode: "user", width: { ideal: 1280 }, height: { ideal: 720 } } };
  const [stream, detector] = await Promise.all([navigator.mediaDevices.getUserMedia(wanted), detectorOfThisBrowser()]);
  try {
    video.srcObject = stream;
    await video.play();
    while (!over.aborted) {
      const found = await see(video, detector);
      if (found) return over.aborted ? null : found;
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
    return null;
  } finally {
    stream.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
  }
}

/** @param {HTMLVideoElement} video @param {any} detector @returns {Promise<string>} */
async function see(video, detector) {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(video.videoWidth, video.videoHeight, 1));
  const [width, height] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)];
  if (!width || !height) return "";
  const canvas = /** @type {HTMLCanvasElement} */ (make("canvas", { width, height }));
  canvas.getContext("2d", { willReadFrequently: true })?.drawImage(video, 0, 0, width, height);
  const [code] = await detector.detect(canvas);
  return code?.rawValue ?? "";
}

/** @returns {Promise<any>} */
async function detectorOfThisBrowser() {
  const own = /** @type {any} */ (globalThis).BarcodeDetector;
  const formats = own ? await own.getSupportedFormats() : [];
  if (formats.includes("qr_code")) return new own({ formats: ["qr_code"] });
  const packaged = await import("../../vendor/qr/decode.js");
  return new packaged.BarcodeDetector({ formats: ["qr_code"] });
}
