import { pictureOf } from '../../../api.js';

/**
 * Draws a picture of this site, such as an SVG, in a size of its own.
 * @param {string} path
 * @param {number} width in pixels
 * @param {number} height
 * @returns {Promise<HTMLCanvasElement>}
 * @throws {import('../../../api.js').Problem} where the picture did not come
 */
export async function drawn(path, width, height) {
  const picture = new Image();
  picture.src = path;
  try {
    await picture.decode();
  } catch (error) {
    // A picture does not say why it did not come. A call does.
    await pictureOf(path);
    throw error;
  }
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser draws nothing');
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, 0, 0, width, height);
  return canvas;
}

/** @param {HTMLCanvasElement} canvas @returns {Promise<Blob>} */
export const pngOf = (canvas) =>
  new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('no picture came of it'))), 'image/png'));
