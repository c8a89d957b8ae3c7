import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/load.ts';
import { ProblemsError } from '../../src/core/errors.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easyflip-template-'));
  await writeFile(join(folder, 'easyflip.config.json'), JSON.stringify({ listing: { descriptionTemplate: 'mine.mustache' } }));
});
afterEach(() => rm(folder, { recursive: true }));

const load = () => loadSettings({ env: {}, flags: {}, cwd: folder, userFolder: folder });
const problemsWith = async (text: string): Promise<readonly string[]> => {
  await writeFile(join(folder, 'mine.mustache'), text);
  const error: unknown = await load().catch((thrown: unknown) => thrown);
  if (!(error instanceof ProblemsError)) throw new Error(`accepted: ${text}`);
  expect(error.code).toBe('config.invalid');
  return error.problems;
};

describe('a description template', () => {
  it('lies beside the config file and is read once, at the start', async () => {
    const text = '<h2>{{title}}</h2>{{#specifics}}<p>{{name}}: {{value}}</p>{{/specifics}}';
    await writeFile(join(folder, 'mine.mustache'), text);
    expect((await load()).settings.listing.descriptionTemplate).toEqual({ file: join(folder, 'mine.mustache'), text });
  });

  it.each([
    ['<script>alert(1)</script>', 'the tag <script> is not allowed'],
    ['< SCRIPT src=x>', 'the tag <SCRIPT>'],
    ['<iframe></iframe>', 'the tag <iframe>'],
    ['<form action="https://x.example">', 'the tag <form>'],
    ['<link rel="stylesheet">', 'the tag <link>'],
    ['<style>p { color: red }</style>', 'the tag <style>'],
    ['<p onclick="x()">', 'the handler onclick'],
    ['<p class="a"\n ONMOUSEOVER=x>', 'the handler ONMOUSEOVER'],
    ['<img src="https://x.example/a.png">', 'a link or a picture from elsewhere'],
    ['<a href="https://x.example">', 'a link or a picture from elsewhere'],
    ['<p style="background: url(//x.example)">', 'a style from elsewhere'],
    ['{{{title}}}', 'a value without escaping'],
    ['{{& title}}', 'a value without escaping'],
    ['{{> other}}', 'a part from another file'],
    ['{{=<% %>=}}', 'a change of the braces'],
    ['{{tittle}}', '{{tittle}} is no name that a description has'],
    ['{{#specifics}}{{oops}}{{/specifics}}', '{{oops}} is no name'],
    ['{{#specifics}}', 'Unclosed section'],
  ])('%s is refused with its line', async (text, what) => {
    const found = await problemsWith(`<p>fine</p>\n\n${text}`);
    expect(found.join('\n')).toMatch(/^listing\.descriptionTemplate: mine\.mustache line \d+: /);
    expect(found.join('\n')).toContain(what);
    if (!text.includes('\n') && text !== '{{#specifics}}') expect(found.join('\n')).toContain('line 3: ');
  });

  it('all mistakes are told together; a file that is not there too', async () => {
    expect(await problemsWith('<script></script>\n{{tittle}}\n<p onload=x>')).toHaveLength(3);
    await rm(join(folder, 'mine.mustache'));
    expect(await load().catch((thrown: unknown) => (thrown as ProblemsError).problems)).toEqual([
      `listing.descriptionTemplate: ${join(folder, 'mine.mustache')} cannot be read (ENOENT)`,
    ]);
  });
});
