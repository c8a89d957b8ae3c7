import { type FactName, HARD_FACTS } from '../../core/facts.ts';
import type { DescribeRequest, Describer, Description, PhotoProblem } from '../../core/ports/analysis.ts';
import type { Call } from '../../core/ports/outgoing.ts';
import { isPlainText } from '../../core/untrusted-text.ts';
import type { Asker } from './ask.ts';
import { type Checked, checkEvidence, type Witness } from './check-evidence.ts';
import { lookAgain } from './look-again.ts';
import { DESCRIBE, itemData, VERSION } from './prompt.ts';
import { type FirstReply, firstReply } from './reply.ts';
import { type SecondLook, takeSecondLook } from './second-look.ts';
import { type PictureOptions, shownPictures } from './shown-pictures.ts';

export interface DescriberOptions extends PictureOptions, Pick<SecondLook, 'local' | 'secondReader' | 'outgoing'> {
  readonly asker: Asker;
  readonly secondLook: boolean;
}

/**
 * Describes an item with one call to a model, and a second, narrow one only where a label was left unread. Nothing the
 * model says is taken on its word: see check-evidence.ts. Errors: those of `Asker.ask`; `photo.damaged`.
 */
export function createDescriber(options: DescriberOptions): Describer {
  return {
    name: 'openai',
    describe: (request, call) => describe(request, call, options),
    lookAgain: (request, call) => lookAgain(request, call, options),
  };
}

async function describe(request: DescribeRequest, call: Call, options: DescriberOptions): Promise<Description> {
  const { asker, local } = options;
  const pictures = await shownPictures(request, call, options);
  const { texts, barcodes, nameWords, seller } = request;
  const data = itemData({ texts, barcodes, nameWords, note: seller.note, notShown: request.photos.length - pictures.length });
  const reply = await asker.ask({ name: 'describe', version: VERSION, shape: firstReply, instructions: DESCRIBE, pictures, data }, call);

  const witness: Witness = {
    shown: new Set(pictures.map(({ photo }) => photo)),
    texts: new Map(texts.map(({ photo, lines }) => [photo, lines.map(({ text }) => text).join('\n')])),
    barcodes,
    nameWords,
    note: seller.note ?? '',
  };
  const first = checkEvidence(reply.facts, reply.unknown, witness);
  const checked = options.secondLook ? await takeSecondLook({ request, reply, first, witness }, call, options) : first;
  const read = await local.describer.describe(request, call);
  return { ...assembled(reply, withLocal(checked, read), read.categoryQueries, witness), model: asker.model };
}

/** What was read on this machine with certainty stands, also where the model saw nothing. */
function withLocal({ facts, unknowns }: Checked, local: Description): Pick<Description, 'facts' | 'unknowns'> {
  const read = Object.entries(local.facts).filter(
    ([name, fact]) =>
      !(name in facts) && HARD_FACTS.has(name as FactName) && fact.evidence.some(({ from }) => from === 'label' || from === 'barcode'),
  );
  const all = { ...facts, ...Object.fromEntries(read) };
  return { facts: all, unknowns: Object.fromEntries(Object.entries(unknowns).filter(([name]) => !(name in all))) };
}

const KEYWORDS_MAX = 12;
const QUERIES_MAX = 3;
const WORDS_MAX = 80;
const FLAWS_MAX = 24;
/** A flaw told at length is cut, never left out. */
const FLAW_MAX = 160;

function assembled(
  reply: FirstReply,
  known: Pick<Description, 'facts' | 'unknowns'>,
  ownQueries: readonly string[],
  { shown }: Witness,
): Description {
  const queries = plain(reply.queries).slice(0, QUERIES_MAX);
  const type = known.facts.type?.value.toLowerCase();
  return {
    provider: 'openai',
    ...known,
    // Where no type stands, what the model would search for is unproven too.
    categoryQueries: type ? [...new Set([...queries, type])] : ownQueries,
    keywords: plain(reply.keywords).slice(0, KEYWORDS_MAX),
    roles: reply.photos.filter(({ p }) => shown.has(p)).map(({ p, role }) => ({ photo: p, role })),
    ...(shown.has(reply.cover) ? { cover: reply.cover } : {}),
    flaws: reply.flaws
      .map(({ p, what }) => ({ photo: p, what: what.replace(/\s+/g, ' ').trim().slice(0, FLAW_MAX) }))
      .filter(({ photo, what }) => shown.has(photo) && what !== '' && isPlainText(what))
      .slice(0, FLAWS_MAX),
    problems: reply.problems
      .filter(({ p }) => shown.has(p))
      .map(({ p, kind, note }): PhotoProblem => ({ photo: p, kind, note: note.replace(/\s+/g, ' ').trim().slice(0, 120) })),
  };
}

/** Words that may stand in a listing or a search: short, and neither order nor address. */
const plain = (words: readonly string[]): string[] =>
  words.map((word) => word.replace(/\s+/g, ' ').trim()).filter((word) => word !== '' && word.length <= WORDS_MAX && isPlainText(word));
