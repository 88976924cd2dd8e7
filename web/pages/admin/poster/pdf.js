/**
 * A PDF of one page that is one picture. What the browser has drawn is put into the file as it is, so that every script and
 * every sign is there; a PDF of texts would have to carry a font for each.
 */

/** A4 in points, a 72nd of an inch. */
const PAGE = { width: 595.28, height: 841.89 };

/** Whether this browser has what it takes. */
export const makesPdf = () => 'CompressionStream' in globalThis;

/**
 * @param {HTMLCanvasElement} canvas in the proportions of A4; it is kept in shades of gray where it has no other colours
 * @returns {Promise<Blob>}
 */
export async function pdfOf(canvas) {
  const { width, height } = canvas;
  const { bytes, space } = pixelsOf(canvas);
  const picture = await deflated(bytes);
  const draw = `q ${PAGE.width} 0 0 ${PAGE.height} 0 0 cm /Picture Do Q`;
  const objects = [
    ['<< /Type /Catalog /Pages 2 0 R >>'],
    ['<< /Type /Pages /Kids [3 0 R] /Count 1 >>'],
    [`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${PAGE.width} ${PAGE.height}] /Resources << /XObject << /Picture 5 0 R >> >> /Contents 4 0 R >>`],
    [`<< /Length ${draw.length} >>\nstream\n${draw}\nendstream`],
    [
      `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace ${space} /BitsPerComponent 8 /Filter /FlateDecode /Length ${picture.length} >>\nstream\n`,
      picture,
      '\nendstream',
    ],
  ];
  return new Blob(written(objects), { type: 'application/pdf' });
}

/** @param {HTMLCanvasElement} canvas @returns {{ bytes: Uint8Array, space: '/DeviceGray' | '/DeviceRGB' }} a byte for each pixel, or three */
function pixelsOf(canvas) {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser draws nothing');
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const pixels = canvas.width * canvas.height;
  const channels = isGray(data) ? 1 : 3;
  const bytes = new Uint8Array(pixels * channels);
  for (let at = 0; at < pixels; at += 1) {
    for (let channel = 0; channel < channels; channel += 1) bytes[channels * at + channel] = data[4 * at + channel] ?? 0;
  }
  return { bytes, space: channels === 1 ? '/DeviceGray' : '/DeviceRGB' };
}

/** Whether all of it is black, white and gray, as a poster without an accent colour is. @param {Uint8ClampedArray} data */
function isGray(data) {
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] !== data[at + 1] || data[at + 1] !== data[at + 2]) return false;
  }
  return true;
}

/** @param {Uint8Array} bytes */
async function deflated(bytes) {
  const stream = new Blob([/** @type {BlobPart} */ (bytes)]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * The file: its objects, numbered from 1, and where each begins.
 * @param {readonly (readonly (string | Uint8Array)[])[]} objects
 * @returns {BlobPart[]}
 */
function written(objects) {
  /** @type {(string | Uint8Array)[]} */
  const parts = ['%PDF-1.4\n'];
  const length = () => parts.reduce((sum, part) => sum + part.length, 0);
  const begins = objects.map((object, at) => {
    const begin = length();
    parts.push(`${at + 1} 0 obj\n`, ...object, '\nendobj\n');
    return begin;
  });
  const table = length();
  const lines = begins.map((begin) => `${String(begin).padStart(10, '0')} 00000 n \n`);
  parts.push(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${lines.join('')}`);
  parts.push(`trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`);
  return /** @type {BlobPart[]} */ (parts);
}
