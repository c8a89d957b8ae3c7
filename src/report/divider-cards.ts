import { type DividerCard, dividerText } from '../core/divider-card.ts';
import { drawLetters, widthOfLetters } from './pixel-letters.ts';

/** A picture of grey pixels, one byte each: 0 is black. */
export interface GreyPicture {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

/** Damaged or shadowed to a quarter a code can still be read: cards lie on tables and get worn. */
const CORRECTION = 'Q';
/** Modules of white around the code that readers ask for. */
const QUIET_ZONE = 4;

const WIDTH = 1000;
const HEIGHT = 1250;
const CODE_SIDE = 860;

/** What a person reads on a card, the largest line first. */
function cardLines({ number, sku, bin, cost }: DividerCard): readonly string[] {
  const facts = [sku && `SKU ${sku}`, bin && `bin ${bin}`, cost && `cost ${cost}`].filter((line) => line !== undefined && line !== '');
  return [`Divider ${number}`, ...(facts.length > 0 ? [facts.join('   ')] : []), 'easyflip: photograph this card before the item'];
}

/** One card as a picture, for a phone's screen or a printer. */
export async function drawCard(card: DividerCard): Promise<GreyPicture> {
  const data = Buffer.alloc(WIDTH * HEIGHT, 255);
  const fill = (left: number, top: number, side: number): void => {
    for (let y = top; y < Math.min(top + side, HEIGHT); y += 1)
      if (left < WIDTH) data.fill(0, y * WIDTH + left, y * WIDTH + Math.min(left + side, WIDTH));
  };
  const modules = await modulesOf(card);
  const step = Math.floor(CODE_SIDE / modules.length);
  const margin = Math.floor((WIDTH - step * modules.length) / 2);
  const above = Math.floor(margin / 2);
  for (const [row, line] of modules.entries())
    for (const [column, dark] of line.entries()) if (dark) fill(margin + column * step, above + row * step, step);
  let top = above + step * modules.length + 24;
  for (const [at, line] of cardLines(card).entries()) {
    const dot = Math.max(1, Math.min(at === 0 ? 10 : 6, Math.floor((WIDTH - 80) / widthOfLetters(line))));
    const left = Math.floor((WIDTH - widthOfLetters(line) * dot) / 2);
    drawLetters(line, (x, y) => fill(left + x * dot, top + y * dot, dot));
    top += 8 * dot + 28;
  }
  return { data, width: WIDTH, height: HEIGHT };
}

/** Four cards to a page, with lines to cut along. */
export async function cardsPdf(cards: readonly DividerCard[], paper: 'A4' | 'LETTER'): Promise<Buffer> {
  const { default: PdfDocument } = await import('pdfkit');
  const pdf = new PdfDocument({ size: paper, margin: 0, autoFirstPage: false, info: { Title: 'easyflip divider cards' } });
  const parts: Buffer[] = [];
  pdf.on('data', (part: Buffer) => parts.push(part));
  const ended = new Promise<void>((done, failed) => {
    pdf.on('end', done);
    pdf.on('error', failed);
  });
  for (const [at, card] of cards.entries()) {
    if (at % 4 === 0) pdf.addPage();
    const [width, height] = [pdf.page.width / 2, pdf.page.height / 2];
    const [left, top] = [(at % 2) * width, Math.floor((at % 4) / 2) * height];
    pdf.lineWidth(0.5).dash(3, { space: 3 }).rect(left, top, width, height).stroke('#999999').undash();
    const modules = await modulesOf(card);
    const step = (width - 40) / modules.length;
    for (const [row, line] of modules.entries())
      for (const [column, dark] of line.entries()) if (dark) pdf.rect(left + 20 + column * step, top + 16 + row * step, step, step);
    pdf.fill('#000000');
    let textTop = top + 16 + modules.length * step + 6;
    for (const [number, line] of cardLines(card).entries()) {
      pdf.font(number === 0 ? 'Helvetica-Bold' : 'Helvetica').fontSize(number === 0 ? 22 : 11);
      pdf.text(line, left + 16, textTop, { width: width - 32, align: 'center', lineBreak: true, height: 40, ellipsis: true });
      textTop += number === 0 ? 30 : 20;
    }
  }
  pdf.end();
  await ended;
  return Buffer.concat(parts);
}

async function modulesOf(card: DividerCard): Promise<readonly (readonly boolean[])[]> {
  const { encode } = await import('uqr');
  return encode(dividerText(card), { ecc: CORRECTION, border: QUIET_ZONE }).data;
}
