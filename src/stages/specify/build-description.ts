import type { FilledAspect } from './fill-aspects.ts';

export interface DescriptionParts {
  readonly title: string;
  /** The seller's own text, if there is one. */
  readonly text?: string;
  readonly aspects: Readonly<Record<string, FilledAspect>>;
  readonly conditionLabel?: string;
  readonly flaws: readonly string[];
  readonly footer: string;
}

/**
 * Plain HTML that eBay takes everywhere: paragraphs and one list, every value escaped, nothing active.
 * States facts and flaws and nothing else. What does not fit into `max` characters is left out by whole lines.
 */
export function buildDescription({ title, text, aspects, conditionLabel, flaws, footer }: DescriptionParts, max: number): string {
  const facts = Object.entries(aspects).map(([name, { values }]) => `${name}: ${values.join(', ')}`);
  const blocks = [
    ...(text ? paragraphs(text) : [`<p>${escapeHtml(title)}</p>`]),
    ...(conditionLabel ? [`<p>Condition: ${escapeHtml(conditionLabel)}</p>`] : []),
    ...list(flaws.map((flaw) => `Please note: ${flaw}`)),
    ...list(facts),
    ...paragraphs(footer),
  ];
  let html = '';
  for (const block of blocks) if (html.length + block.length <= max) html += block;
  return html;
}

const paragraphs = (text: string): string[] =>
  text
    .split(/\n{2,}/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => `<p>${escapeHtml(part).replaceAll('\n', '<br>')}</p>`);

const list = (lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`];

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
