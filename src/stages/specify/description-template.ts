/**
 * The built-in template, and the model for a seller's own (README, "Descriptions"). Plain HTML that eBay takes
 * everywhere: paragraphs and lists. Mustache escapes every value; what is known goes in, nothing else.
 */
const BUILT_IN_TEMPLATE = `
{{#hasText}}
{{#text}}<p>{{.}}</p>{{/text}}
{{/hasText}}
{{^hasText}}
<p>{{title}}</p>
{{/hasText}}
{{#condition}}<p>Condition: {{condition}}</p>{{/condition}}
{{#hasFlaws}}
<ul>{{#flaws}}<li>Please note: {{.}}</li>{{/flaws}}</ul>
{{/hasFlaws}}
{{#hasMeasurements}}
<ul>{{#measurements}}<li>{{name}}: {{value}}</li>{{/measurements}}</ul>
{{/hasMeasurements}}
{{#hasSpecifics}}
<ul>{{#specifics}}<li>{{name}}: {{value}}</li>{{/specifics}}</ul>
{{/hasSpecifics}}
{{#footer}}<p>{{.}}</p>{{/footer}}
`;

const GERMAN: readonly (readonly [string, string])[] = [
  ['Condition: ', 'Zustand: '],
  ['Please note: ', 'Bitte beachten: '],
];

/** The built-in template in the language of the site. */
export const builtInTemplate = (language: string): string =>
  language.startsWith('de')
    ? GERMAN.reduce((text, [english, german]) => text.replaceAll(english, german), BUILT_IN_TEMPLATE)
    : BUILT_IN_TEMPLATE;
