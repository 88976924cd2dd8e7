/** A picture that an admin chose, made small enough for a logo. What a camera wrote into its file is gone, since it is drawn anew. */

/** The API takes no more. */
const MOST_BYTES = 24 * 1024;
/** No side is shorter. */
const LEAST = 16;
/** As sharp as it can be seen on a screen of high density, or on a poster. */
const LARGEST = { width: 640, height: 160 };

/** @typedef {{ width: number, height: number }} Size */

/** Why a picture can't be a logo: none, or too small. */
export class Unfit extends Error {
  /** @param {'wrong_picture' | 'wrong_picture_small'} words */
  constructor(words) {
    super(words);
    this.words = words;
  }
}

/**
 * The sizes to try, the largest first: none is larger than the picture.
 * @param {Size} size
 * @returns {Size[]}
 */
export function sizesOf({ width, height }) {
  const scale = Math.min(1, LARGEST.width / width, LARGEST.height / height);
  return [1, 0.75, 0.5, 0.35, 0.25].map((part) => ({ width: Math.round(width * scale * part), height: Math.round(height * scale * part) }));
}

/**
 * The picture as it is shown and sent.
 * @param {Blob | HTMLImageElement} file or one that is shown
 * @returns {Promise<{ canvas: HTMLCanvasElement, picture: string }>} `picture`: its bytes in base64
 * @throws {Unfit}
 */
export async function fitted(file) {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new Unfit('wrong_picture');
  });
  if (bitmap.width < LEAST || bitmap.height < LEAST) throw new Unfit('wrong_picture_small');
  for (const size of sizesOf(bitmap)) {
    const canvas = drawn(bitmap, size);
    for (const blob of [() => encoded(canvas, 'image/png'), () => encoded(onWhite(canvas), 'image/jpeg', 0.9), () => encoded(onWhite(canvas), 'image/jpeg', 0.75)]) {
      const made = await blob();
      if (made.size <= MOST_BYTES) return { canvas, picture: await base64Of(made) };
    }
  }
  throw new Unfit('wrong_picture');
}

/** @param {number} width @param {number} height @returns {[HTMLCanvasElement, CanvasRenderingContext2D]} */
function canvasOf(width, height) {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('this browser draws nothing');
  context.imageSmoothingQuality = 'high';
  return [canvas, context];
}

/** In the middle of what is wide and high enough. @param {ImageBitmap} bitmap @param {Size} size */
function drawn(bitmap, { width, height }) {
  const [canvas, context] = canvasOf(Math.max(width, LEAST), Math.max(height, LEAST));
  context.drawImage(bitmap, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
  return canvas;
}

/** As a logo is shown: a JPEG has no transparency. @param {HTMLCanvasElement} picture */
function onWhite(picture) {
  const [canvas, context] = canvasOf(picture.width, picture.height);
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0);
  return canvas;
}

/** @param {HTMLCanvasElement} canvas @param {string} type @param {number} [quality] @returns {Promise<Blob>} */
const encoded = (canvas, type, quality) =>
  new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('no picture came of it'))), type, quality));

/** @param {Blob} blob */
async function base64Of(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/** Whether next to nothing of it can be told from the white it stands on. @param {HTMLCanvasElement} picture */
export function isPale(picture) {
  const canvas = onWhite(picture);
  const { data } = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')).getImageData(0, 0, canvas.width, canvas.height);
  return isPaleOf(data);
}

/** @param {ArrayLike<number>} pixels red, green, blue and opacity of each */
export function isPaleOf(pixels) {
  let seen = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    const brightness = 0.2126 * (pixels[at] ?? 0) + 0.7152 * (pixels[at + 1] ?? 0) + 0.0722 * (pixels[at + 2] ?? 0);
    // A gray of 3 to 1 on white, which graphics need: WCAG 2.2, 1.4.11.
    if (brightness < 149) seen += 1;
  }
  return seen < pixels.length / 4 / 100;
}
