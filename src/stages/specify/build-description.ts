import type { DescriptionTemplate } from '../../core/settings.ts';
import { builtInTemplate } from './description-template.ts';
import type { FilledAspect } from './filled-aspect.ts';

export interface DescriptionParts {
  readonly title: string;
  /** The seller's own text, if there is one. */
  readonly text?: string;
  readonly aspects: Readonly<Record<string, FilledAspect>>;
  /** Read from a tape or a label; those that are specifics, too, are not told twice. */
  readonly measurements?: readonly Line[];
  readonly conditionLabel?: string;
  readonly conditionNote?: string;
  readonly flaws: readonly string[];
  readonly footer: string;
  /** The seller's template; null: the built-in one. */
  readonly template: DescriptionTemplate | null;
  /** The language of the site: `en-US`. */
  readonly language: string;
}

interface Line {
  readonly name: string;
  readonly value: string;
}

/** Item specifics that a buyer lays a tape to. */
const MEASURED =
  /\b(?:length|width|height|depth|diameter|chest|bust|waist|hips?|inseam|rise|sleeve length|shoulder|circumference|thickness|volume|capacity|weight|länge|breite|höhe|tiefe|durchmesser|brust|taille|hüfte|schulter|umfang|gewicht|volumen)\b/i;

/**
 * The description, every value escaped. States facts and flaws and nothing else. Where it is longer than `max` characters
 * the last specifics are left out, which eBay shows beside the description anyway; what the seller wrote and the flaws
 * never are, so that a longer text comes back too long for `check` to tell.
 */
export async function buildDescription(parts: DescriptionParts, max: number): Promise<string> {
  const { default: mustache } = await import('mustache');
  const template = parts.template?.text ?? builtInTemplate(parts.language);
  const lines = Object.entries(parts.aspects).map(([name, { values }]): Line => ({ name, value: values.join(', ') }));
  const render = (shown: readonly Line[]): string =>
    // The braces are given, so that no setting of another user of the package changes what counts as a tag.
    mustache
      .render(template, viewOf(parts, shown), {}, { tags: ['{{', '}}'], escape: escapeHtml })
      .replace(/\n\s*/g, '\n')
      .trim();
  let shown = lines.length;
  let html = render(lines);
  while (html.length > max && shown > 0) {
    shown -= 1;
    html = render(lines.slice(0, shown));
  }
  return html;
}

function viewOf(
  { title, text, measurements: measured = [], conditionLabel, conditionNote, flaws, footer }: DescriptionParts,
  lines: readonly Line[],
): Record<string, unknown> {
  // A dress that is Midi is not measured by that.
  const isMeasured = ({ name, value }: Line): boolean => MEASURED.test(name) && /\d/.test(value);
  const told = lines.filter(isMeasured);
  const measurements = [...told, ...measured.filter(({ value }) => !told.some((line) => line.value === value))];
  const specifics = lines.filter((line) => !isMeasured(line));
  const said = paragraphs(text ?? '');
  return {
    title,
    text: said,
    condition: conditionLabel ?? '',
    conditionNote: conditionNote ?? '',
    flaws,
    measurements,
    specifics,
    footer: paragraphs(footer),
    hasText: said.length > 0,
    hasFlaws: flaws.length > 0,
    hasMeasurements: measurements.length > 0,
    hasSpecifics: specifics.length > 0,
  };
}

const paragraphs = (text: string): string[] =>
  text
    .split(/\r?\n\s*\r?\n/)
    .map((part) => part.trim())
    .filter(Boolean);

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Line breaks inside a paragraph are the seller's: they stay. */
const escapeHtml = (text: unknown): string =>
  String(text)
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character)
    .replaceAll(/\r?\n/g, '<br>');
