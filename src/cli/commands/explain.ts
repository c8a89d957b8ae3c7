import { Command } from 'commander';
import { explain } from '../../app/explain.ts';
import { explainedJson, renderExplained } from '../../report/explain.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { outputOf } from '../session.ts';
import type { Shell } from '../shell.ts';

const EXAMPLES = `
Examples:
  easyflip explain photo.blurred       what the code means, what to do, and whether it is tried again
  easyflip explain                     all codes
  easyflip explain --json

The same as a page: docs/errors.md. Every message has its code; \`easyflip show ITEM\` has an item's.`;

export const explainCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('explain')
      .description('what an error code means and what to do')
      .argument('[code]', 'as a message shows it: photo.blurred'),
  )
    .addHelpText('after', EXAMPLES)
    .action((code: string | undefined, flags: CommonFlags) => {
      const { format, style, json, text } = outputOf(shell, flags);
      const codes = explain(code);
      if (format === 'json') for (const one of codes) json(explainedJson(one));
      else text(renderExplained(codes, style));
    });
