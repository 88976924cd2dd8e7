/**
 * A PDF of one page that is one picture. What the browser has drawn is put into the file as it is, so that every script and
 * every sign is there; a PDF of texts would have to carry a font for each.
 */

/** A4 in points, a 72nd of an inch. */
const PAGE = { width: 595.28, height: 841.89 };

/** Whether this browser has what it takes. */
export const makesPdf = () => 'CompressionStream' in globalThis;

/**
 * @param {HTMLCanvasElement} canvas in the proportions of A4; it is printed in shades of gray
 * @returns {Promise<Blob>}
 */
export async function pdfOf(canvas) {
  const { width, height } = canvas;
  const picture = await deflated(grayOf(canvas));
  const draw = `q ${PAGE.width} 0 0 ${PAGE.height} 0 0 cm /Picture Do Q`;
  const objects = [
    ['<< /Type /Catalog /Pages 2 0 R >>'],
    ['<< /Type /Pages /Kids [3 0 R] /Count 1 >>'],
    [`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${PAGE.width} ${PAGE.height}] /Resources << /XObject << /Picture 5 0 R >> >> /Contents 4 0 R >>`],
    [`<< /Length ${draw.length} >>\nstream\n${draw}\nendstream`],
    [
      `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode /Length ${picture.length} >>\nstream\n`,
      picture,
      '\nendstream',
    ],
  ];
  return new Blob(written(objects), { type: 'application/pdf' });
}

/** @param {HTMLCanvasElement} canvas @returns {Uint8Array} a byte for each pixel */
function grayOf(canvas) {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser draws nothing');
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const gray = new Uint8Array(canvas.width * canvas.height);
  // A poster is black on white, with gray at the edges of its letters: its green is as good as its brightness.
  for (let at = 0; at < gray.length; at += 1) gray[at] = data[4 * at + 1] ?? 0;
  return gray;
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
