import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isEasyflipError } from '../../core/errors.ts';
import type { FactName } from '../../core/facts.ts';
import type { DescribeRequest, Describer, PhotoText, PhotoView, SecondReader, TextReader } from '../../core/ports/analysis.ts';
import type { Call, Outgoing } from '../../core/ports/outgoing.ts';
import { type ModelPicture, modelPicture } from '../../imaging/model-picture.ts';
import type { CropBox } from '../../imaging/read-pixels.ts';
import type { Asker } from './ask.ts';
import { type Checked, checkEvidence, type Witness } from './check-evidence.ts';
import { READ_LABELS, VERSION } from './prompt.ts';
import { type FirstReply, labelReply } from './reply.ts';

export interface SecondLook {
  readonly asker: Asker;
  /** What works on this machine for nothing. */
  readonly local: { readonly textReader: TextReader; readonly describer: Describer };
  /** Reads what cannot be read on this machine, where one is set up. */
  readonly secondReader?: SecondReader | undefined;
  readonly outgoing: Outgoing;
}

interface FirstLook {
  readonly request: DescribeRequest;
  readonly reply: FirstReply;
  readonly first: Checked;
  readonly witness: Witness;
}

/** Worth a second question when a label may tell them; the rest is not. */
const WORTH_ASKING: readonly FactName[] = ['brand', 'size', 'material', 'model', 'mpn'];
const CROPS_MAX = 2;
/** Two tiles, or as many patches as matter for print. */
const CROP_LONG_SIDE = 1_024;
const CROP_SHORT_SIDE = 512;

/**
 * Labels that were left unread, cut from the original at full resolution: read again on this machine, what stays in doubt by
 * the second reader, and only if that does not settle it shown to the model with one narrow question. Two readings that know nothing of each other must agree:
 * text recognition and the model, or the model's first look and this one. Every failure but a stop of the run leaves
 * the first look as it is: it is paid for, and good.
 */
export async function takeSecondLook(look: FirstLook, call: Call, options: SecondLook): Promise<Checked> {
  const { reply, first, witness } = look;
  const wanted = worthAsking(look);
  const places = wanted.length > 0 ? labelsOf(look) : [];
  if (places.length === 0) return first;
  try {
    const crops = await Promise.all(places.map(async ({ view, box }) => ({ photo: view.number, ...(await cut(view, box, call.signal)) })));
    const read = withTexts(witness, await readAgain(crops, places, call, options));
    const again = checkEvidence(reply.facts, reply.unknown, read);
    const left = wanted.filter((fact) => !(fact in again.facts));
    if (left.length === 0) return again;

    const pictures = crops.map(({ photo, jpeg, width, height }) => ({ photo, jpeg, width, height, detail: 'high' as const }));
    const question = { name: 'labels' as const, version: VERSION, shape: labelReply, instructions: READ_LABELS, pictures };
    const answer = await options.asker.ask({ ...question, data: `Data: ${JSON.stringify({ facts: left })}` }, call);
    // The first statements are confirmed by what is read here; what is stated here, by what the machine had read.
    const seenHere = withTexts(read, new Map(answer.crops.map(({ n, lines }) => [n, lines.join('\n')])));
    const confirmed = checkEvidence(reply.facts, [], seenHere);
    const stated = checkEvidence(
      answer.facts.filter(({ f }) => left.includes(f)),
      answer.unknown.filter(({ f }) => left.includes(f)),
      read,
    );
    const facts = { ...stated.facts, ...confirmed.facts };
    const unknowns = { ...again.unknowns, ...confirmed.unknowns, ...stated.unknowns };
    return {
      facts,
      unknowns: Object.fromEntries(Object.entries(unknowns).filter(([name]) => !(name in facts))),
      unconfirmed: [],
    };
  } catch (error) {
    if (call.signal.aborted || !isEasyflipError(error) || STOPS.test(error.code)) throw error;
    return first;
  }
}

/** What ends or puts off more than this look. */
const STOPS = /^(?:store|run|time|claim|batch)\.|^provider\.(?:auth|no-credit|model-missing)$/;

function worthAsking({ first, request }: FirstLook): readonly FactName[] {
  return WORTH_ASKING.filter((fact) => {
    if (fact in first.facts || request.seller[fact as keyof typeof request.seller] !== undefined) return false;
    return first.unconfirmed.includes(fact) || fact === 'brand' || fact === 'size';
  });
}

interface Place {
  readonly view: PhotoView;
  readonly box: CropBox | undefined;
}

/** Photos of labels of which too little was read, or whose words nothing confirmed. */
function labelsOf({ request, reply, first, witness }: FirstLook): readonly Place[] {
  const unconfirmed = new Set(reply.facts.filter(({ f, by }) => by === 'label' && first.unconfirmed.includes(f)).map(({ p }) => p));
  const unread = new Set(request.texts.filter((text) => text.unreadable || text.lines.length < 2).map(({ photo }) => photo));
  return reply.photos
    .filter(({ p, role }) => witness.shown.has(p) && (unconfirmed.has(p) || (role === 'label' && unread.has(p))))
    .sort((a, b) => Number(unconfirmed.has(b.p)) - Number(unconfirmed.has(a.p)))
    .flatMap(({ p, box }) => {
      const view = request.photos.find(({ number }) => number === p);
      return view ? [{ view, box: cropOf(box) }] : [];
    })
    .slice(0, CROPS_MAX);
}

/** In percent of the picture; models place boxes roughly. */
const MARGIN = 10;

function cropOf(box: readonly number[] | null): CropBox | undefined {
  const [left, top, right, bottom] = box ?? [];
  if (left === undefined || top === undefined || right === undefined || bottom === undefined) return undefined;
  const from = (value: number): number => Math.max(0, value - MARGIN) / 100;
  const to = (value: number): number => Math.min(100, value + MARGIN) / 100;
  if (!(right > left && bottom > top && from(left) < 1 && from(top) < 1)) return undefined;
  return { left: from(left), top: from(top), width: to(right) - from(left), height: to(bottom) - from(top) };
}

/** From the original, and where that has no decoder (HEIC) from the prepared picture. */
async function cut({ originalPath, picturePath }: PhotoView, crop: CropBox | undefined, signal: AbortSignal): Promise<ModelPicture> {
  const size = { longSide: CROP_LONG_SIDE, shortSide: CROP_SHORT_SIDE, ...(crop ? { crop } : {}) };
  try {
    return await modelPicture(originalPath, size, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    return await modelPicture(picturePath, size, signal);
  }
}

/** Text recognition over the crops, which the readers want as files. */
async function readAgain(
  crops: readonly (ModelPicture & { readonly photo: number })[],
  places: readonly Place[],
  call: Call,
  { local, secondReader, outgoing }: SecondLook,
): Promise<ReadonlyMap<number, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'easyflip-labels-'));
  try {
    const views = await Promise.all(
      crops.map(async ({ photo, jpeg, width, height }, at): Promise<PhotoView> => {
        const path = join(folder, `${photo}.jpg`);
        await writeFile(path, jpeg);
        const { view } = places[at] as Place;
        return { ...view, originalPath: path, picturePath: path, modelPath: path, width, height };
      }),
    );
    const texts = await outgoing.run({ service: 'ocr', operation: 'ocr.labels' }, call, ({ signal }) =>
      local.textReader.readText(views, { ...call, signal }),
    );
    const more = secondReader ? await readElsewhere(views, texts, call, secondReader) : [];
    return new Map(
      views.map(({ number }) => [number, both(...[...texts, ...more].filter(({ photo }) => photo === number).map(writingOf))]),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const writingOf = ({ lines }: PhotoText): string => lines.map(({ text }) => text).join('\n');

/** The second reader's trouble is no reason not to ask the model. */
async function readElsewhere(
  views: readonly PhotoView[],
  first: readonly PhotoText[],
  call: Call,
  reader: SecondReader,
): Promise<readonly PhotoText[]> {
  const wanted = first.filter((text) => text.lines.length === 0 || reader.wants(text));
  const photos = views.filter(({ number }) => wanted.some(({ photo }) => photo === number));
  if (photos.length === 0) return [];
  try {
    return await reader.readText(photos, wanted, call);
  } catch (error) {
    if (call.signal.aborted || !isEasyflipError(error) || STOPS.test(error.code)) throw error;
    return [];
  }
}

const withTexts = (witness: Witness, more: ReadonlyMap<number, string>): Witness => ({
  ...witness,
  texts: new Map(
    [...new Set([...witness.texts.keys(), ...more.keys()])].map((photo) => [photo, both(witness.texts.get(photo), more.get(photo))]),
  ),
});

const both = (...texts: readonly (string | undefined)[]): string => texts.filter(Boolean).join('\n');
